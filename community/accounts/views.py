"""Joining and signing in by a link, saying who you are, and how the site looks for you."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from wtforms import Field

from community.accounts import actions, queries
from community.accounts.forms import (
    COMFORT,
    LIKES,
    AboutYouForm,
    CardForm,
    ComeInForm,
    NameForm,
    SignInForm,
    TodayForm,
    card_to_change,
)
from community.accounts.identity import begin
from community.accounts.locks import queries as locks_queries
from community.accounts.rules import (
    LINK_USED,
    TODAY,
    Need,
    browser_label,
    card,
    is_local,
    may_introduce,
)
from community.core.db import transaction
from community.core.forms import Form
from community.core.seal import seal, unseal
from community.core.sockets import hang_up
from community.core.verdict import Refused
from community.core.web import (
    NEXT,
    always,
    arriving,
    current_actor,
    now,
    public,
    while_leaving,
    with_no_referrer,
)

bp = Blueprint("accounts", __name__)

ASKED = "asked"  # in the session: the link that this browser asked for
BEFORE = "before"  # in the session: by its group, what a setting was before it was saved
NEED_BEFORE = "need_before"  # in the session: what somebody needed before they pressed


@bp.app_template_filter("sealed_link")
def sealed_link(link_id: str) -> str:
    """A link from a letter, sealed."""
    return seal("sign-in", UUID(link_id))


@bp.app_template_filter("need_words")
def need_words(need: Need) -> str:
    """What is so while somebody needs this."""
    return _(TODAY[need].words)


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """Join or sign in: the same page, and the same answer, for an address we know or don’t."""
    if is_local(request.args.get(NEXT, "")):
        session[NEXT] = request.args[NEXT]
    form = SignInForm()
    if not form.validate_on_submit():
        return render_template("accounts/sign_in.html", form=form), form.status
    with transaction():
        link_id = actions.ask_for_link(form.email.data, now=now())
    if link_id:
        session[ASKED] = str(link_id)
    return redirect(url_for(".link_sent"))


@bp.get("/sign-in/sent")
@public
def link_sent() -> ResponseReturnValue:
    """Look in your letters."""
    return render_template("accounts/link_sent.html")


@bp.route("/come-in/<sealed>", methods=["GET", "POST"])
@public
def open_link(sealed: str) -> ResponseReturnValue:
    """What a link from a letter opens: a page that names the address, and a button."""
    return _come_in(unseal("sign-in", sealed), _member)


@bp.route("/come-in/first/<sealed>", methods=["GET", "POST"])
@public
def open_first_link(sealed: str) -> ResponseReturnValue:
    """What the link from the command line opens. Whoever uses it is the first admin."""
    return _come_in(unseal("first-admin", sealed), _first_admin)


def _member(link_id: UUID) -> UUID:
    is_demo = current_app.extensions["settings"].demo
    return actions.use_link(link_id, is_demo=is_demo, now=now())


def _first_admin(link_id: UUID) -> UUID:
    return actions.use_first_link(link_id, now=now())


def _come_in(link_id: UUID, use: Callable[[UUID], UUID]) -> ResponseReturnValue:
    address = queries.address_of(link_id, now=now())
    if address is None:
        raise Refused(LINK_USED)
    if lock := locks_queries.lock_of(address, now()):
        page = render_template("accounts/locked.html", address=address, lock=lock)
        return with_no_referrer(page), 403
    form = ComeInForm()
    if session.get(ASKED) == str(link_id):
        del form.is_mine
    if not form.validate_on_submit():
        page = render_template("accounts/come_in.html", form=form, address=address)
        return with_no_referrer(page), form.status
    with transaction():
        token = actions.sign_in(use(link_id), browser_label(request.user_agent.string), now=now())
    onward = session.get(NEXT) or url_for("home.my_place")
    begin(token)
    return redirect(onward)


@bp.post("/sign-out")
@arriving
@always
@while_leaving
def sign_out() -> ResponseReturnValue:
    """End this browser’s row, its open lines and what it kept of our pages."""
    me = current_actor()
    with transaction():
        actions.end_browser(me, current_user.badge.browser_id)
    session.clear()
    hang_up(me.id)
    response = redirect(url_for("home.welcome"))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@bp.get("/token")
def token() -> ResponseReturnValue:
    """For a page’s script, after a sign-out and a sign-in elsewhere: the token its forms need now,
    and whose browser this is. What somebody else wrote isn’t theirs to keep."""
    return {"ok": True, "token": generate_csrf(), "account": str(current_actor().id)}


@bp.route("/about-you", methods=["GET", "POST"])
@arriving
def about_you() -> ResponseReturnValue:
    """A name of your choice, your age, your time zone."""
    me = current_actor()
    if not may_introduce(me):
        return redirect(url_for(".comfort"))
    person = queries.person(me.id)
    form = AboutYouForm(obj=person if person.name else None)
    if not form.validate_on_submit():
        return render_template("accounts/about_you.html", form=form), form.status
    with transaction():
        actions.introduce(
            me, form.name.data, form.zone.data, is_adult=form.is_adult.data, now=now()
        )
    return redirect(url_for("safety.consent"))


@bp.get("/comfort")
def comfort() -> ResponseReturnValue:
    """How this place looks for you, your name, your access card."""
    return _comfort_page()


@bp.post("/comfort/look")
def save_look() -> ResponseReturnValue:
    """Save Look."""
    return _save_comfort("look", "theme")


@bp.post("/comfort/text")
def save_text() -> ResponseReturnValue:
    """Save Text."""
    return _save_comfort("text", "text", "letters")


@bp.post("/comfort/controls")
def save_controls() -> ResponseReturnValue:
    """Save Call."""
    return _save_comfort("controls", "side")


def _save_comfort(group: str, *fields: str) -> ResponseReturnValue:
    form = COMFORT[group]()
    if not form.validate_on_submit():
        return _comfort_page(form), 422
    comfort = current_user.badge.comfort
    _keep_for_undo(group, COMFORT[group](formdata=None, obj=comfort))
    wanted = replace(comfort, **{field: form[field].data for field in fields})
    with transaction():
        actions.make_comfortable(current_actor(), wanted)
    return _saved()


@bp.get("/comfort/voice")
def voice() -> ResponseReturnValue:
    """How fast and how loud a voice of my device’s own reads, for a page’s script."""
    likes = queries.in_circles(current_actor().id)
    return {"ok": True, "pace": likes.pace, "voice_volume": likes.voice_volume}


@bp.post("/comfort/circles/<any(sounds, speech, pictures, presses, keys, captions, circles):group>")
def save_likes(group: str) -> ResponseReturnValue:
    """Save one group of what I like in circles."""
    me, form = current_actor(), LIKES[group]()
    if not form.validate_on_submit():
        return _comfort_page(form), 422
    _keep_for_undo(group, LIKES[group](formdata=None, obj=queries.in_circles(me.id)))
    with transaction():
        actions.like_in_circles(me, {field.name: field.data for field in _own_fields(form)})
    return _saved()


def _keep_for_undo(group: str, form: Form) -> None:
    """What this group was, as a browser would send it: Undo sends it, and has no time limit."""
    typed = {
        field.name: "y" if field.data is True else "" if field.data is None else str(field.data)
        for field in _own_fields(form)
        if field.data is not False
    }
    session[BEFORE] = {**session.get(BEFORE, {}), group: typed}


def _own_fields(form: Form) -> list[Field]:
    return [field for field in form if field.name != "csrf_token"]


@bp.post("/comfort/today")
def today() -> ResponseReturnValue:
    """Today I need: several settings by one press, here or in a lobby."""
    me, form = current_actor(), TodayForm()
    if not form.validate_on_submit():
        return _comfort_page(form), 422
    session[NEED_BEFORE] = queries.in_circles(me.id).need
    with transaction():
        actions.today_i_need(me, form.need.data)
    back = form.back.data if is_local(form.back.data or "") else url_for(".comfort")
    return redirect(f"{back}#today")


@bp.post("/comfort/card")
def save_card() -> ResponseReturnValue:
    """Save Access card."""
    form = CardForm()
    if not form.validate_on_submit():
        return _comfort_page(form), 422
    with transaction():
        actions.keep_card(current_actor(), card(form.presets.data, form.own_words.data))
    return _saved()


@bp.post("/comfort/name")
def save_name() -> ResponseReturnValue:
    """Save Name and time zone."""
    form = NameForm()
    if not form.validate_on_submit():
        return _comfort_page(form), 422
    with transaction():
        actions.rename(current_actor(), form.name.data, form.zone.data)
    return _saved()


def _saved() -> ResponseReturnValue:
    flash(_("Saved."), "ok")
    return redirect(url_for(".comfort"))


def _comfort_page(typed: Form | None = None) -> str:
    """The page, with the one form that was sent as it was typed."""
    person = queries.person(current_actor().id)
    comfort = current_user.badge.comfort
    forms = {
        **{group: form(formdata=None, obj=comfort) for group, form in COMFORT.items()},
        **{group: form(formdata=None, obj=person.likes) for group, form in LIKES.items()},
        "card": card_to_change(person.access_card),
        "name": NameForm(formdata=None, obj=person),
    }
    sent = {name: typed for name, form in forms.items() if type(form) is type(typed)}
    return render_template(
        "accounts/comfort.html",
        typed=typed,
        email=person.email,
        need=person.likes.need,
        before=session.get(BEFORE, {}),
        **(forms | sent),
    )


@bp.get("/signed-in")
def browsers() -> ResponseReturnValue:
    """Where I’m signed in."""
    return render_template(
        "accounts/browsers.html",
        browsers=queries.browsers(current_actor().id),
        this_one=current_user.badge.browser_id,
    )


@bp.post("/signed-in/<uuid:browser_id>/end")
def end_browser(browser_id: UUID) -> ResponseReturnValue:
    """Sign one of them out."""
    me = current_actor()
    with transaction():
        actions.end_browser(me, browser_id)
    hang_up(me.id)
    flash(_("That browser is signed out."), "ok")
    return redirect(url_for(".browsers"))
