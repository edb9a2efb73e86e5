"""Signed-in browsers: rows that can be ended, and end by themselves."""

from datetime import timedelta

import pytest

from community.accounts.rules import IDLE, IDLE_STAFF, LIFE
from community.core.actor import Staff
from tests.pages import send

MINE = "/signed-in"


def is_in(browser) -> bool:
    return browser.get("/home").status_code == 200


@pytest.mark.holds("asvs:18", "asvs:21")
def test_a_member_ends_another_browser_and_stays_in_this_one(client_for, make) -> None:
    ana = make.member("Ana")
    lost, here = client_for(ana), client_for(ana)
    page = here.get(MINE).text
    (end,) = [part.split('"')[0] for part in page.split('action="')[1:] if "/end" in part[:80]]
    assert send(here, MINE, end).status_code == 302
    assert not is_in(lost)
    assert is_in(here)


@pytest.mark.holds("asvs:2")
def test_somebody_else_can_not_end_it(client_for, make) -> None:
    ana, ben = make.member("Ana"), make.member("Ben")
    anas, bens = client_for(ana), client_for(ben)
    client_for(ana)
    page = anas.get(MINE).text
    (end,) = [part.split('"')[0] for part in page.split('action="')[1:] if "/end" in part[:80]]
    send(bens, "/comfort", end)
    assert anas.get(MINE).text.count("/end") == 1


def test_a_guest_is_sent_to_the_door(client_for) -> None:
    assert client_for().get(MINE).headers["Location"].startswith("/sign-in")


@pytest.mark.holds("asvs:19")
def test_signing_out_ends_the_row_and_empties_the_cache(client_for, make) -> None:
    ana = make.member("Ana")
    browser = client_for(ana)
    with browser.session_transaction() as session:
        stolen = dict(session)
    answer = send(browser, "/home", "/sign-out")
    assert answer.headers["Location"] == "/"
    assert answer.headers["Clear-Site-Data"] == '"cache"'
    thief = client_for()
    with thief.session_transaction() as session:
        session.update(stolen)
    assert not is_in(thief)


@pytest.mark.holds("asvs:25")
def test_signing_out_takes_a_press_of_ours(client_for, make) -> None:
    browser = client_for(make.member("Ana"))
    assert browser.get("/sign-out").status_code == 405
    assert browser.post("/sign-out").status_code == 400
    assert is_in(browser)


@pytest.mark.holds("asvs:23")
def test_an_idle_browser_is_signed_out(client_for, make, clock) -> None:
    browser = client_for(make.member("Ana"))
    clock.pass_by(seconds=IDLE.total_seconds() + 1)
    assert not is_in(browser)


@pytest.mark.holds("asvs:23")
def test_staff_are_signed_out_sooner(client_for, make, clock) -> None:
    browser = client_for(make.staff("Hana", Staff.ADMIN))
    clock.pass_by(seconds=IDLE_STAFF.total_seconds() + 1)
    assert not is_in(browser)


@pytest.mark.holds("asvs:23")
def test_a_browser_in_use_stays_until_its_life_is_over(client_for, make, clock) -> None:
    browser = client_for(make.member("Ana"))
    week, age = timedelta(days=7), timedelta()
    while is_in(browser):
        clock.pass_by(days=week.days)
        age += week
    assert age - week <= LIFE < age


def test_reading_a_page_writes_nothing_within_the_hour(client_for, make, clock, cost) -> None:
    browser = client_for(make.member("Ana"))
    for minutes, writes in ((59, 0), (1, 1), (30, 0)):
        clock.pass_by(minutes=minutes)
        cost.statements.clear()
        browser.get("/not-medical-advice")
        assert sum(not line.startswith("SELECT") for line in cost.statements) == writes


def test_finding_out_who_asks_takes_one_statement(client_for, make, cost) -> None:
    browser = client_for(make.member("Ana"))
    cost.statements.clear()
    browser.get("/not-medical-advice")
    assert int(cost) == 1


@pytest.mark.holds("F:F83")
def test_a_page_that_was_open_meanwhile_learns_its_token_and_whose_browser_it_is(
    client_for, make
) -> None:
    ana = make.member("Ana")
    browser = client_for(ana)
    given = browser.get("/token", headers={"Accept": "application/json"})
    assert given.json["account"] == str(ana.id)
    assert given.headers["Cache-Control"] == "no-store"
    sent = browser.post("/sign-out", data={"csrf_token": given.json["token"]})
    assert sent.headers["Location"] == "/"
    refused = browser.get("/token", headers={"Accept": "application/json"})
    assert refused.status_code == 403
    assert refused.json["reason"]["code"] == "sign-in-first"


def test_the_cookie_goes_out_again_whenever_a_visit_is_noted_and_not_with_each_page(
    client_for, make
) -> None:
    browser = client_for(make.member("Ana"))
    browser.get("/home")  # its first page makes the token of its forms
    assert "Set-Cookie" not in browser.get("/home").headers
    make.clock.pass_by(hours=1)
    assert "Set-Cookie" in browser.get("/home").headers
    assert "Set-Cookie" not in browser.get("/home").headers
