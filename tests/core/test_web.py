"""The edge: what a refusal and a fault look like, what is kept of what was typed, which headers."""

import json
from collections.abc import Callable, Iterator

import pytest
import structlog
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text
from structlog.testing import capture_logs
from werkzeug.test import TestResponse

from community.accounts import actions as accounts_actions
from community.calls.models import Call, Seat
from community.calls.rules.call import Format
from community.core.db import db, transaction
from community.core.log import where_it_broke
from community.core.verdict import Refused
from community.demo.guard import INVENTED_PEOPLE, OTHER_PEOPLE, keep_apart
from community.demo.making import fill
from community.groups.actions import ensure_everyone
from tests.core.store import Store, own_app
from tests.fakes import FrozenClock
from tests.make import Make
from tests.pages import send, token

ClientFor = Callable[..., FlaskClient]
JSON = {"Accept": "application/json"}
NOBODY = "00000000-0000-7000-8000-000000000000"
WORDS = "My neck was quiet today, and I walked to the weir."


@pytest.fixture
def ana(make: Make, client_for: ClientFor) -> FlaskClient:
    return client_for(make.member("Ana"))


# A refusal


@pytest.mark.parametrize("path", [f"/groups/{NOBODY}", "/nowhere", f"/calls/{NOBODY}", "/calls/7"])
def test_what_is_not_there_is_not_found(ana: FlaskClient, path: str) -> None:
    answer = ana.get(path)
    assert answer.status_code == 404
    assert "We couldn’t find that page" in answer.text
    answer = ana.get(path, headers=JSON)
    assert answer.status_code == 404
    assert answer.get_json() == {
        "ok": False,
        "reason": {"code": "not-found", "text": "We couldn’t find that."},
    }


def test_an_unknown_address_is_not_found_by_a_guest(client_for: ClientFor) -> None:
    assert client_for().get("/nowhere").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_a_page_that_takes_nothing_says_so_calmly(ana: FlaskClient, method: str) -> None:
    answer = ana.open("/guidelines", method=method)
    assert answer.status_code == 405
    assert "We couldn’t" in answer.text


def test_a_rule_that_says_no_is_a_page_with_its_status_and_words(
    make: Make, client_for: ClientFor
) -> None:
    hana, ben = make.member("Hana"), make.member("Ben")
    group = make.group("Neck", owner=hana, facilitators=[hana], members=[ben])
    call_id = make.call(group, make.actor(hana))
    browser = client_for(ben)
    answer = send(browser, "/comfort", f"/calls/{call_id}/take")
    assert answer.status_code == 409
    assert "Something has changed" in answer.text


def test_a_guests_post_gives_back_what_was_typed(app: Flask, client_for: ClientFor) -> None:
    guest = client_for()
    answer = guest.post("/comfort/card", data={"own_words": WORDS, "csrf_token": token(guest)})
    assert answer.status_code == 403
    assert "Please sign in first" in answer.text
    assert WORDS in answer.text


def test_whoever_signed_out_meanwhile_goes_on_where_the_form_was(client_for: ClientFor) -> None:
    guest, page = client_for(), "/comfort"
    typed = {"own_words": WORDS, "csrf_token": token(guest)}
    for host, leads in (("localhost", True), ("elsewhere.example", False)):
        before = {"Referer": f"http://{host}{page}"}
        answer = guest.post("/comfort/card", data=typed, headers=before)
        assert (f"/sign-in?next={page}" in answer.text) is leads
        assert ("Your words stay on this page" in answer.text) is leads
        assert WORDS in answer.text


def test_a_page_whose_token_was_lost_gives_back_what_was_typed(ana: FlaskClient) -> None:
    for lost in ({}, {"csrf_token": "made up"}):
        answer = ana.post("/comfort/card", data={"own_words": WORDS, **lost})
        assert answer.status_code == 400
        assert "This page was open for a long time" in answer.text
        assert WORDS in answer.text
        assert "made up" not in answer.text


@pytest.mark.holds("asvs:31")
def test_what_is_given_back_is_shown_as_words_never_as_a_page(ana: FlaskClient) -> None:
    answer = ana.post("/comfort/card", data={"own_words": "<script>alert(1)</script> and more"})
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;" in answer.text


@pytest.mark.holds("asvs:25")
def test_a_script_is_refused_without_a_token_too(ana: FlaskClient) -> None:
    answer = ana.post(f"/circles/{NOBODY}/events/start", json={"call_id": NOBODY})
    assert answer.status_code == 400
    assert answer.get_json()["reason"]["code"] == "form-lost"


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        ("{", "application/json", 400),
        ("[" * 100_000, "application/json", 400),  # too deep to be read
        ("null", "application/json", 422),
        ("7", "application/json", 422),
        (b"\xff\xfe", "application/json", 400),
        ("a=b", "application/x-www-form-urlencoded", 415),
        ("", "multipart/form-data", 415),
    ],
)
def test_nonsense_for_a_script_is_refused_and_breaks_nothing(
    ana: FlaskClient, data: str | bytes, kind: str, status: int
) -> None:
    answer = ana.post(
        f"/circles/{NOBODY}/events/start",
        data=data,
        content_type=kind,
        headers={**JSON, "X-CSRFToken": token(ana)},
    )
    assert answer.status_code == status
    assert answer.get_json()["ok"] is False


@pytest.mark.parametrize("kind", ["application/json", "application/x-www-form-urlencoded"])
def test_what_is_far_too_big_is_refused_calmly(ana: FlaskClient, kind: str) -> None:
    answer = ana.post("/comfort/card", data="x" * 400_000, content_type=kind)
    assert answer.status_code == 413
    assert "<html" in answer.text or answer.get_json()["ok"] is False


# The way in


@pytest.mark.holds("asvs:40")
@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://elsewhere.example.net/",
        "//elsewhere.example.net",
        "/\\elsewhere.example.net",
        "\\\\elsewhere.example.net",
        "/\t/elsewhere.example.net",
        "/\n/elsewhere.example.net",
        "javascript:alert(1)",
        " //elsewhere.example.net",
        "http:elsewhere.example.net",
        "",
    ],
)
def test_signing_in_leads_nowhere_else(app: Flask, client_for: ClientFor, elsewhere: str) -> None:
    assert come_in(app, client_for(), elsewhere).headers["Location"] == "/home"


def test_signing_in_leads_to_the_page_somebody_was_on_the_way_to(
    app: Flask, client_for: ClientFor
) -> None:
    browser = client_for()
    asked = browser.get("/calls?topic=cervical").headers["Location"]
    assert asked == "/sign-in?next=/calls?topic%3Dcervical"
    assert come_in(app, browser, "/calls").headers["Location"] == "/calls"


def come_in(app: Flask, browser: FlaskClient, onward: str) -> TestResponse:
    browser.get("/sign-in", query_string={"next": onward})
    send(browser, "/sign-in", email="ana@example.org")
    with browser.session_transaction() as session:
        link_id = session["asked"]
    with app.app_context():
        link = "/come-in/" + app.jinja_env.filters["sealed_link"](link_id)
    return send(browser, link)


@pytest.mark.holds("asvs:18")
def test_what_a_session_held_before_signing_in_is_gone_afterwards(
    app: Flask, client_for: ClientFor
) -> None:
    browser = client_for()
    with browser.session_transaction() as session:
        session["_user_id"] = "a token that somebody else chose"
        session["planted"] = "by somebody else"
    come_in(app, browser, "")
    with browser.session_transaction() as session:
        assert "planted" not in session
        assert session["_user_id"] != "a token that somebody else chose"


# A fault of ours


@pytest.fixture
def own(store: Store) -> Iterator[Flask]:
    with own_app(store.url, base_url="https://circles.example.org") as app:
        yield app


def faulty(own: Flask) -> FlaskClient:
    """Somebody is signed in, and then the store breaks in the middle."""
    clock = own.extensions["ports"].clock
    assert isinstance(clock, FrozenClock)
    make = Make(own, clock)
    browser = own.test_client()
    make.sign_in(make.member("Ana"), browser)
    with own.app_context(), transaction():
        db.session.execute(text("ALTER TABLE membership RENAME TO members_of_old"))
    return browser


@pytest.mark.holds("asvs:36")
def test_a_fault_is_a_calm_page_with_a_number_and_without_a_trace(own: Flask) -> None:
    with capture_logs() as said:
        answer = faulty(own).get("/home", base_url="https://circles.example.org")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.text
    (number,) = {line["request"] for line in said if line["event"] == "unexpected"}
    assert number in answer.text
    for trace in ("Traceback", "membership", "sqlite", "SELECT"):
        assert trace not in answer.text
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.holds("asvs:36")
def test_a_fault_is_a_calm_answer_for_a_script_too(own: Flask) -> None:
    answer = faulty(own).get("/home", headers=JSON, base_url="https://circles.example.org")
    assert answer.status_code == 500
    assert answer.get_json()["reason"]["code"] == "our-fault"


@pytest.mark.holds("asvs:38")
def test_a_fault_is_written_down_without_what_people_wrote() -> None:
    def fail() -> None:
        try:
            raise ValueError(WORDS)
        except ValueError as error:
            raise KeyError(WORDS) from error

    try:
        fail()
    except KeyError as error:
        told = where_it_broke((type(error), error, error.__traceback__))
    assert "raise ValueError(WORDS)" in told  # the line of our code
    assert "KeyError" in told
    assert "weir" not in told


@pytest.mark.holds("promise:10", "asvs:38")
def test_what_is_written_down_has_the_route_and_never_the_address(
    make: Make, client_for: ClientFor
) -> None:
    ana = client_for(make.member("Ana"))
    with capture_logs() as said:
        ana.get(f"/groups/{NOBODY}")
        ana.get("/calls?topic=cervical")
        ana.get("/come-in/a-secret")
        ana.post("/comfort/card", data={"own_words": WORDS})
        ana.get("/nowhere/at-all")
    lines = [line for line in said if line["event"] == "answered"]
    assert [line["route"] for line in lines] == [
        "/groups/<uuid:group_id>",
        "/calls",
        "/come-in/<sealed>",
        "/comfort/card",
        "(none)",
    ]
    written = json.dumps(said, default=str)
    for secret in (NOBODY, "cervical", "a-secret", "weir", "Ana", "nowhere"):
        assert secret not in written
    assert len({line["request"] for line in lines}) == len(lines)


@pytest.mark.holds("asvs:38")
def test_a_log_line_is_one_line_of_json(
    client_for: ClientFor, capsys: pytest.CaptureFixture[str]
) -> None:
    client_for().get("/sign-in")
    (line,) = capsys.readouterr().out.splitlines()
    told = json.loads(line)
    assert told["route"] == "/sign-in"
    assert told["timestamp"].endswith("Z")


def test_the_log_is_set_up_once(own: Flask) -> None:
    before = structlog.get_config()["processors"]
    own.test_client().get("/healthz")
    assert structlog.get_config()["processors"] is before


# Headers


def test_what_is_static_is_kept_for_ever_and_only_for_us(own: Flask) -> None:
    with own.test_client().get("/static/dev/css/site.css") as answer:
        headers = answer.headers
    assert "immutable" in headers["Cache-Control"]
    assert "public" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Access-Control-Allow-Origin" not in headers
    assert "Set-Cookie" not in headers


def test_a_static_file_that_is_not_there_is_not_kept(own: Flask) -> None:
    for path in (
        "/static/dev/nothing.css",
        "/static/dev/../config.py",
        "/static/dev/%2e%2e/run.py",
    ):
        answer = own.test_client().get(path)
        assert answer.status_code == 404
        assert "immutable" not in answer.headers.get("Cache-Control", "")
        assert "max-age=31536000" not in answer.headers.get("Cache-Control", "")


def set_cookie(own: Flask, base_url: str) -> str:
    return str(own.test_client().get("/sign-in", base_url=base_url).headers["Set-Cookie"])


@pytest.mark.holds("asvs:24")
def test_the_cookie_is_for_this_host_and_https_only(own: Flask) -> None:
    cookie = set_cookie(own, "https://circles.example.org")
    assert cookie.startswith("__Host-circles=")
    parts = {part.strip() for part in cookie.split(";")}
    assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= parts
    assert not any(part.startswith("Domain") for part in parts)


@pytest.mark.holds("asvs:24")
def test_the_cookie_of_a_demo_is_out_of_reach_of_scripts_and_other_sites(store: Store) -> None:
    with own_app(store.url, demo=True) as app:
        cookie = set_cookie(app, "http://127.0.0.1:5000")
    assert cookie.startswith("circles=")
    assert {"HttpOnly", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}


@pytest.mark.holds("asvs:27")
def test_https_is_asked_for_from_then_on(own: Flask) -> None:
    answer = own.test_client().get("/sign-in", base_url="https://circles.example.org")
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]


def test_a_page_that_sends_no_referrer_can_still_be_answered_over_https(own: Flask) -> None:
    """The page that a link from a letter opens keeps its address to itself. Its button works."""
    browser = own.test_client()
    here = {"base_url": "https://circles.example.org"}
    sent = {"email": "ana@example.org", "csrf_token": token(browser, "/sign-in", **here)}
    assert browser.post("/sign-in", data=sent, **here).status_code == 302


# The demo


@pytest.fixture
def shown(store: Store) -> Iterator[FlaskClient]:
    with own_app(store.url, demo=True) as app:
        yield app.test_client()


@pytest.mark.parametrize("name", ["127.0.0.1:5000", "localhost:5000", "localhost", "[::1]:5000"])
def test_the_demo_answers_on_its_own_machine(shown: FlaskClient, name: str) -> None:
    assert shown.get("/demo/cast", base_url=f"http://{name}").status_code == 200


@pytest.mark.parametrize(
    "name",
    ["circles.example.org", "192.168.1.7:5000", "localhost.example.org", "127.0.0.1.example.org"],
)
def test_the_demo_refuses_every_other_name(shown: FlaskClient, name: str) -> None:
    for path in ("/demo/cast", "/", "/sign-in", "/demo/letters"):
        answer = shown.get(path, base_url=f"http://{name}")
        assert answer.status_code == 403, path
        assert "on its own machine only" in answer.text


@pytest.mark.parametrize(
    "header", ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"]
)
def test_the_demo_refuses_whoever_comes_through_a_proxy(shown: FlaskClient, header: str) -> None:
    answer = shown.get("/demo/cast", headers={header: "10.0.0.1"})
    assert answer.status_code == 403


def test_a_real_site_has_no_demo_pages(own: Flask) -> None:
    browser = own.test_client()
    for path in ("/demo/cast", "/demo/letters", "/demo/look-as/Ana"):
        assert browser.get(path, base_url="https://circles.example.org").status_code == 404


def test_the_demo_refuses_a_store_with_people_who_joined_outside_it(store: Store) -> None:
    with own_app(store.url, demo=True) as app:
        Make(app, app.extensions["ports"].clock).member("Ana")
        with app.app_context(), pytest.raises(Refused) as refused:
            keep_apart(is_demo=True)
    assert refused.value.reason is OTHER_PEOPLE


def test_a_real_site_refuses_a_store_with_people_of_the_demo(store: Store) -> None:
    with own_app(store.url) as app:
        make = Make(app, app.extensions["ports"].clock)
        make.member("Ana")
        with app.app_context():
            keep_apart(is_demo=False)
            with transaction():
                accounts_actions.arrive("ana@demo.invalid", is_demo=True, now=make.clock.now())
            with pytest.raises(Refused) as refused:
                keep_apart(is_demo=False)
    assert refused.value.reason is INVENTED_PEOPLE


def test_the_demo_fills_its_own_store_again_and_again(store: Store) -> None:
    with own_app(store.url, demo=True) as app:
        clock = app.extensions["ports"].clock
        for _ in range(2):
            with app.app_context():
                with transaction():
                    ensure_everyone(now=clock.now())
                fill(clock.now())
            clock.pass_by(hours=3)
        with app.app_context():
            (reading,) = db.session.scalars(select(Call).where(Call.format == Format.GATHERING))
            in_it = db.session.execute(select(Seat.listens).where(Seat.call_id == reading.id))
            assert sorted(in_it.scalars()) == [False, True]  # somebody reads, somebody listens
        browser = app.test_client()
        assert "Ana" in browser.get("/demo/cast").text
        letters = browser.get("/demo/letters")
    assert letters.status_code == 200
