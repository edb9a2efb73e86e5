"""Admins say that a person has checked the helplines, and are asked again."""

from datetime import timedelta

import pytest

from community.core.actor import Staff
from community.core.db import db
from community.safety.crisis import BY_SLUG, CHECKED_FOR, COUNTRIES
from community.safety.models import HelplineCheck
from tests.pages import send

PAGE, HELP = "/admin/helplines", "/help-now"
NOT_YET = "A person hasn’t checked these yet"
IRELAND = BY_SLUG["ireland"]
CHECK = f"{PAGE}/ireland/check"


@pytest.fixture
def ada(make):
    return make.staff("Ada", Staff.ADMIN)


def of_ireland(page: str) -> str:
    """What a page says of Ireland."""
    return page.split('id="ireland"')[1].split('id="united-states"', maxsplit=1)[0]


@pytest.mark.holds("asvs:4")
def test_only_admins_see_it_and_check(client_for, make, ada) -> None:
    assert client_for(ada).get(PAGE).status_code == 200
    for other in (make.member("Ana"), make.staff("Lee", Staff.SAFETY_LEAD)):
        browser = client_for(other)
        assert browser.get(PAGE).status_code == 404
        assert send(browser, "/comfort", CHECK, facts=IRELAND.facts).status_code == 404
        assert send(browser, "/comfort", f"{PAGE}/ireland/doubt").status_code == 404
    assert client_for().get(PAGE).headers["Location"].startswith("/sign-in")
    assert NOT_YET in of_ireland(client_for().get(HELP).text)


def test_nothing_is_checked_before_an_admin_says_so(client_for, ada) -> None:
    assert client_for().get(HELP).text.count(NOT_YET) == len(COUNTRIES)
    assert (
        f"The helplines of {len(COUNTRIES)} countries to check" in client_for(ada).get("/home").text
    )


def test_an_admins_check_is_said_with_its_month_and_only_to_admins_whose_it_was(
    client_for, ada
) -> None:
    browser = client_for(ada)
    send(browser, PAGE, CHECK, facts=IRELAND.facts)
    shown = of_ireland(client_for().get(HELP).text)
    assert "A person last checked these in November 2026." in shown
    assert NOT_YET not in shown
    assert "Ada" not in shown
    assert "Checked today at 12:00" in of_ireland(browser.get(PAGE).text)
    assert "by Ada." in of_ireland(browser.get(PAGE).text)


def test_admins_are_asked_again_after_ninety_days(client_for, ada, clock) -> None:
    browser = client_for(ada)
    for country in COUNTRIES:
        send(browser, PAGE, f"{PAGE}/{country.slug}/check", facts=country.facts)
    assert "Helplines, and who checked them" in browser.get("/home").text
    clock.pass_by(hours=(CHECKED_FOR - timedelta(minutes=1)) / timedelta(hours=1))
    later = client_for(ada)
    assert "to check" not in later.get("/home").text
    clock.pass_by(hours=1)
    assert f"The helplines of {len(COUNTRIES)} countries to check" in later.get("/home").text
    assert "Time to look again" in of_ireland(later.get(PAGE).text)
    send(later, PAGE, CHECK, facts=IRELAND.facts)
    assert "Time to look again" not in of_ireland(later.get(PAGE).text)


def test_a_check_of_other_numbers_says_nothing_about_these(client_for, make, ada) -> None:
    send(client_for(ada), PAGE, CHECK, facts=IRELAND.facts)

    def change() -> None:
        db.session.get_one(HelplineCheck, "ireland").facts = "of an earlier release"

    make.done(change)
    assert NOT_YET in of_ireland(client_for().get(HELP).text)


def test_what_an_admin_did_not_see_is_not_checked(client_for, ada) -> None:
    browser = client_for(ada)
    assert send(browser, PAGE, CHECK, facts="of an earlier release").status_code == 409
    assert send(browser, PAGE, CHECK).status_code == 409
    assert send(browser, PAGE, f"{PAGE}/atlantis/check", facts="").status_code == 404
    assert NOT_YET in of_ireland(client_for().get(HELP).text)


def test_a_line_that_is_not_right_any_more_is_said_to_be_unchecked(client_for, ada) -> None:
    browser = client_for(ada)
    send(browser, PAGE, CHECK, facts=IRELAND.facts)
    send(browser, PAGE, f"{PAGE}/ireland/doubt")
    assert NOT_YET in of_ireland(client_for().get(HELP).text)


def test_the_page_takes_as_many_statements_with_checks_as_without(client_for, ada, cost) -> None:
    browser = client_for(ada)

    def asked() -> int:
        cost.statements.clear()
        browser.get(PAGE)
        return int(cost)

    before = asked()
    for country in COUNTRIES:
        send(browser, PAGE, f"{PAGE}/{country.slug}/check", facts=country.facts)
    assert asked() == before


def test_a_release_names_what_is_not_checked(app, client_for, ada) -> None:
    send(client_for(ada), PAGE, CHECK, facts=IRELAND.facts)
    told = app.test_cli_runner().invoke(args=["admin", "unchecked"])
    assert told.exit_code == 0
    assert told.output.count("To check") == len(COUNTRIES) - 1
    assert "ireland" not in told.output
    for country in COUNTRIES:
        address = f"{PAGE}/{country.slug}/check"
        send(client_for(ada), PAGE, address, facts=country.facts)
    told = app.test_cli_runner().invoke(args=["admin", "unchecked"])
    assert told.output == "Every helpline has been checked in the last 90 days.\n"
