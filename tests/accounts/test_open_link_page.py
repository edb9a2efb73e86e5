"""What a link from a letter opens: a page with a button, good once."""

import pytest
from sqlalchemy import func, select

from community.accounts import actions
from community.accounts.models import Account, SignedInBrowser
from community.core.db import db
from community.core.seal import seal
from tests.pages import ALERT, send, token

HERE = {"email": "ana@example.org"}


@pytest.fixture
def asked(app, make, clock):
    """A link for Ana’s address, as it would stand in her letter."""

    def link(email: str = "ana@example.org") -> str:
        link_id = make.done(lambda: actions.ask_for_link(email, now=clock.now()))
        with app.app_context():
            return "/come-in/" + seal("sign-in", link_id)

    return link


def link_of(browser, app) -> str:
    """Ask in this browser; the link it was sent."""
    send(browser, "/sign-in", **HERE)
    with browser.session_transaction() as session:
        link_id = session["asked"]
    with app.app_context():
        return "/come-in/" + app.jinja_env.filters["sealed_link"](link_id)


def accounts(app) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(Account)) or 0


@pytest.mark.holds("asvs:29")
def test_the_page_names_the_address_and_has_a_button(client_for, app) -> None:
    browser = client_for()
    page = browser.get(link_of(browser, app))
    assert "ana@example.org" in page.text
    assert "Sign me in" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.holds("asvs:25", "asvs:29")
def test_opening_it_changes_nothing(client_for, app) -> None:
    browser = client_for()
    link = link_of(browser, app)
    for _ in range(3):
        assert browser.get(link).status_code == 200
    assert accounts(app) == 0


def test_a_new_address_becomes_somebody_who_is_arriving(client_for, app) -> None:
    browser = client_for()
    answer = send(browser, link_of(browser, app))
    assert answer.headers["Location"] == "/home"
    assert accounts(app) == 1
    assert browser.get("/home").headers["Location"] == "/about-you"


def test_a_known_address_comes_home(client_for, app, make) -> None:
    make.member("Ana", email="ana@example.org")
    browser = client_for()
    send(browser, link_of(browser, app))
    assert "Hello, Ana" in browser.get("/home").text
    assert accounts(app) == 1


@pytest.mark.holds("asvs:15")
def test_a_link_is_good_once(client_for, app) -> None:
    browser, replay = client_for(), client_for()
    link = link_of(browser, app)
    in_time = token(replay, link)
    send(browser, link)
    again = replay.post(link, data={"csrf_token": in_time, "is_mine": "y"})
    assert again.status_code == 410
    assert replay.get(link).status_code == 410
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(SignedInBrowser)) == 1


@pytest.mark.holds("asvs:15")
def test_a_link_ends_after_an_hour(client_for, asked, clock) -> None:
    link = asked()
    clock.pass_by(minutes=59)
    assert client_for().get(link).status_code == 200
    clock.pass_by(minutes=1)
    assert client_for().get(link).status_code == 410


@pytest.mark.holds("asvs:15")
def test_only_the_newest_link_is_good(client_for, asked) -> None:
    older, newer = asked(), asked()
    assert client_for().get(older).status_code == 410
    assert client_for().get(newer).status_code == 200


@pytest.mark.holds("asvs:15")
def test_a_link_sealed_for_something_else_is_not_found(client_for, app, make, clock) -> None:
    link_id = make.done(lambda: actions.write_link("ana@example.org", now=clock.now()))
    with app.app_context():
        assert client_for().get("/come-in/" + seal("first-admin", link_id)).status_code == 404
        assert client_for().get("/come-in/first/" + seal("sign-in", link_id)).status_code == 404
    assert client_for().get("/come-in/anything").status_code == 404


@pytest.mark.holds("asvs:29")
def test_a_browser_that_did_not_ask_is_asked_first(client_for, asked, app) -> None:
    link, browser = asked(), client_for()
    assert "This browser isn’t the one" in browser.get(link).text
    refused = send(browser, link)
    assert refused.status_code == 422
    assert ALERT in refused.text
    assert accounts(app) == 0
    assert send(browser, link, is_mine="y").status_code == 302
    assert accounts(app) == 1


@pytest.mark.holds("asvs:18")
def test_signing_in_leaves_nothing_of_the_session_before(client_for, app) -> None:
    browser = client_for()
    with browser.session_transaction() as session:
        session["planted"] = "by somebody else"
    link = link_of(browser, app)
    with browser.session_transaction() as session:
        before = session["csrf_token"]
    send(browser, link)
    with browser.session_transaction() as session:
        assert "planted" not in session
        assert session.get("csrf_token") != before


def test_the_way_somebody_was_on_goes_on(client_for, app, make) -> None:
    make.member("Ana", email="ana@example.org")
    browser = client_for()
    door = browser.get("/groups").headers["Location"]
    browser.get(door)
    assert send(browser, link_of(browser, app)).headers["Location"] == "/groups"


@pytest.mark.holds("asvs:40")
@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example", "//elsewhere.example"])
def test_the_way_out_of_this_site_does_not(client_for, app, make, elsewhere: str) -> None:
    make.member("Ana", email="ana@example.org")
    browser = client_for()
    browser.get("/sign-in", query_string={"next": elsewhere})
    assert send(browser, link_of(browser, app)).headers["Location"] == "/home"
