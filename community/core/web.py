"""The edge: who is asking, what is open to guests, what a refusal looks like, which headers.

Default deny: one `before_request` turns guests away from every view that isn't marked `@public`;
tests/house/test_doors.py walks the url_map and proves it.
"""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit, urlunsplit

import orjson
import structlog
from flask import (
    Flask,
    Response,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.json.provider import JSONProvider
from flask.typing import ResponseReturnValue
from flask_babel import get_locale, gettext
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError, generate_csrf
from secure import Secure
from secure.headers import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    StrictTransportSecurity,
    XContentTypeOptions,
)
from werkzeug.datastructures import Headers
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from community.core.actor import Actor, Standing
from community.core.log import forget_the_request, name_the_request
from community.core.media import Lack, lack_of
from community.core.ports import Ports
from community.core.ready import write
from community.core.vault import Vault
from community.core.verdict import NOT_FOUND, Reason, Refused

log = structlog.get_logger()
csrf = CSRFProtect()

View = TypeVar("View", bound=Callable[..., Any])

NEXT = "next"  # in the session: the page of this site that somebody was on the way to

SUSPENDED = Reason(
    "suspended",
    "This place is closed to you for now. You can read what we decided, and how to answer it.",
    403,
)
SIGN_IN_FIRST = Reason("sign-in-first", "Please sign in first. Then you can go on.", 403)
FORM_LOST = Reason(
    "form-lost",
    "This page was open for a long time, so we couldn’t take it. Your words are below.",
    400,
)
TOO_MUCH = Reason(
    "too-much",
    "That’s more than we can take at once. Go back and send something smaller.",
    413,
)
OUR_FAULT = Reason(
    "our-fault", "Something went wrong on our side. Your words are safe on this page.", 500
)


def public(view: View) -> View:
    """Open to everybody, signed in or not."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def arriving(view: View) -> View:
    """Open to people who have not finished joining yet, as well as to members."""
    view.is_for_arriving = True  # type: ignore[attr-defined]
    return view


def always(view: View) -> View:
    """Open to members even while they are suspended: what was decided, and what is theirs."""
    view.is_for_suspended = True  # type: ignore[attr-defined]
    return view


def while_leaving(view: View) -> View:
    """Open also to people who have asked to be erased: what is theirs, and the way back."""
    view.is_for_leaving = True  # type: ignore[attr-defined]
    return view


def uses_microphone(view: View) -> View:
    """The page may ask the browser for the microphone (and, if chosen, the camera)."""
    view.uses_microphone = True  # type: ignore[attr-defined]
    return view


def takes_files(most: int) -> Callable[[View], View]:
    """A member may send it this many bytes at once, and not only words."""

    def mark(view: View) -> View:
        view.takes_bytes = most  # type: ignore[attr-defined]
        return view

    return mark


def ports() -> Ports:
    """The doors to the outside. Only edges call this."""
    return cast(Ports, current_app.extensions["ports"])


def lack_of_media(*, gathers: bool) -> Lack | None:
    """What a call lacks of its media, as far as this process knows; whether most only listen."""
    media = ports().media
    return lack_of(media.ceilings, gathers=gathers, answers=media.answers)


def vault() -> Vault:
    """What locks words where they are kept, and opens them."""
    return Vault(current_app.config["CASE_KEY"])


def now() -> datetime:
    """This instant, by the clock that the app was given."""
    return ports().clock.now()


def current_actor() -> Actor:
    """Who is asking: found once per request or socket event."""
    if "actor" not in g:
        g.actor = current_app.extensions["load_actor"]()
    return cast(Actor, g.actor)


def forget_who_asks() -> None:
    """A context may outlive an event; who is asking, and with which browser, may not."""
    g.pop("actor", None)
    g.pop("_login_user", None)  # where Flask-Login keeps it


def remember_this_page() -> None:
    """Somebody goes on here when they have signed in, joined or agreed. It stands in no address."""
    session[NEXT] = request.path


def with_no_referrer(page: str) -> Response:
    """The address of this page opens a door, so it goes nowhere from here."""
    response = make_response(page)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def wants_json() -> bool:
    """The page's script is asking, not a person's browser."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


class Json(JSONProvider):
    """What is ready isn’t written again. `ValueError` for what can’t be read, however deep."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        return write(obj).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        return orjson.loads(s)


def init_web(app: Flask, load_actor: Callable[[], Actor]) -> None:
    """Put the doors, the answers to a refusal and the headers on the app."""
    app.extensions["load_actor"] = load_actor
    app.json = Json(app)
    app.before_request(_let_files_in)  # before the form is read for its token
    csrf.init_app(app)
    app.jinja_env.globals["csrf_token"] = _token
    app.before_request(_name_the_request)
    app.teardown_request(_forget_the_request)
    app.before_request(_turn_guests_away)
    app.after_request(_headers(app))
    app.after_request(_write_it_down)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CSRFError, _form_lost)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _our_fault)
    app.context_processor(_page_words)
    app.add_url_rule("/healthz", "healthz", public(_healthz))


def _token() -> str:
    """This page’s token against forgery, for each of its forms. Flask-WTF keeps it in `g` as well,
    but asks the settings twice before it looks."""
    return cast(str, g.get("csrf_token") or generate_csrf())


def _name_the_request() -> None:
    g.request_id = name_the_request()


def _forget_the_request(fault: BaseException | None) -> None:
    forget_the_request()


_ON_THE_WAY = {
    Standing.ARRIVING: ("is_for_arriving", "accounts.about_you"),
    Standing.LEAVING: ("is_for_leaving", "leaving.waiting"),
}


def _let_files_in() -> None:
    view = current_app.view_functions.get(request.endpoint or "")
    most = getattr(view, "takes_bytes", None)
    if most and current_actor().is_active:
        request.max_content_length = most


def _turn_guests_away() -> ResponseReturnValue | None:
    view = current_app.view_functions.get(request.endpoint or "")
    if view is None or request.endpoint == "static" or getattr(view, "is_public", False):
        return None
    me = current_actor()
    standing = me.standing
    if standing is Standing.ACTIVE:
        return _turn_suspended_away(me, view)
    if standing in _ON_THE_WAY:
        mark, instead = _ON_THE_WAY[standing]
        return None if getattr(view, mark, False) else redirect(url_for(instead))
    if request.method == "GET" and not wants_json():
        return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
    raise Refused(SIGN_IN_FIRST)


def _turn_suspended_away(me: Actor, view: Callable[..., Any]) -> ResponseReturnValue | None:
    if not me.is_suspended or getattr(view, "is_for_suspended", False):
        return None
    if request.method == "GET" and not wants_json():
        return redirect(url_for("sanctions.mine"))
    raise Refused(SUSPENDED)


def _refused(error: Refused) -> ResponseReturnValue:
    return refusal(error.reason)


def refusal(reason: Reason) -> ResponseReturnValue:
    """A reason as an answer: for a script `{ok: false, reason}`, for a person a calm page.

    What was typed comes back with it, to be copied.
    """
    if wants_json():
        return not_ok(reason), reason.status
    facts = {"reason": reason, "kept": _words_typed(), "before": _page_before()}
    return render_template("errors/refused.html", **facts), reason.status


def not_ok(reason: Reason) -> dict[str, Any]:
    """A reason, as a script reads it."""
    return {"ok": False, "reason": {"code": reason.code, "text": gettext(reason.text)}}


def _page_before() -> str | None:
    """The page with the form, if guests don’t have it: whoever has signed in goes on there."""
    before = urlsplit(request.referrer or "")
    is_ours = request.method == "POST" and before.netloc == request.host
    view = current_app.view_functions.get(request.endpoint or "")
    if not is_ours or getattr(view, "is_public", False):
        return None
    return urlunsplit(("", "", *before[2:4], ""))


def _words_typed() -> list[str]:
    """What somebody wrote in the form that was refused. What was too big to take is not there."""
    try:
        typed = request.form.items()
    except RequestEntityTooLarge:
        return []
    return [words for name, words in typed if name != "csrf_token" and _is_written(words)]


def _is_written(words: str) -> bool:
    """Long enough to be missed, and no id of ours."""
    try:
        uuid.UUID(words)
    except ValueError:
        return len(words) > 20
    return False


def _form_lost(error: CSRFError) -> ResponseReturnValue:
    return refusal(FORM_LOST)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    if error.code == 404:
        return refusal(NOT_FOUND)
    if error.code == 413:
        return refusal(TOO_MUCH)
    if error.code >= 500:
        return _our_fault(error)
    return refusal(Reason(f"http-{error.code}", "We couldn’t take that.", error.code))


def _our_fault(error: Exception) -> ResponseReturnValue:
    """The last resort: logged with the request's id, a calm page, nothing of the fault shown."""
    log.exception("unexpected", request=g.get("request_id"), route=_route())
    if wants_json():
        return not_ok(OUR_FAULT), OUR_FAULT.status
    page = current_app.jinja_env.get_template("errors/oops.html").render(
        request_id=g.get("request_id"),
        site_name=current_app.extensions["settings"].site_name,
        lang=_lang(),
    )
    return page, 500


def _page_words() -> dict[str, Any]:
    settings = current_app.extensions["settings"]
    return {
        "me": current_actor(),
        "now": now(),
        "site_name": settings.site_name,
        "contact": settings.contact,
        "demo": settings.demo,
        "lang": _lang(),
    }


def _lang() -> str:
    return str(get_locale()).replace("_", "-")


def headers_of_static(headers: Headers, path: str, url: str) -> None:
    """What WhiteNoise, which answers before us, puts on every file."""
    headers["X-Content-Type-Options"] = "nosniff"


def _headers(app: Flask) -> Callable[[Response], Response]:
    settings = app.extensions["settings"]
    policy = (
        ContentSecurityPolicy()
        .default_src("'self'")
        .script_src("'self'")
        .style_src("'self'")
        .img_src("'self'")
        .connect_src("'self'", *settings.media_origins)
        .worker_src("'self'")
        .manifest_src("'self'")
        .object_src("'none'")
        .base_uri("'none'")
        .frame_ancestors("'none'")
        .form_action("'self'")
    )
    plain = Secure(
        csp=policy,
        coop=CrossOriginOpenerPolicy().same_origin(),
        referrer=ReferrerPolicy().same_origin(),
        xcto=XContentTypeOptions().nosniff(),
        hsts=StrictTransportSecurity().max_age(31536000) if settings.is_https else None,
    ).header_items()
    closed = PermissionsPolicy().camera().microphone().geolocation().header_value
    open_ = PermissionsPolicy().camera("self").microphone("self").geolocation().header_value

    def put(response: Response) -> Response:
        for name, value in plain:
            response.headers.setdefault(name, value)
        view = current_app.view_functions.get(request.endpoint or "")
        in_circle = getattr(view, "uses_microphone", False)
        response.headers["Permissions-Policy"] = open_ if in_circle else closed
        if request.endpoint != "static":
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return put


def _write_it_down(response: Response) -> Response:
    if request.endpoint not in {"static", "healthz"}:
        log.info(
            "answered", route=_route(), status=response.status_code, request=g.get("request_id")
        )
    return response


def _route() -> str:
    """The rule, never the address: addresses say what a person did."""
    return request.url_rule.rule if request.url_rule else "(none)"


def _healthz() -> ResponseReturnValue:
    return {"ok": True}
