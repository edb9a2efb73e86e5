"""A separate, recorded yes to health-related data; and taking it back."""

import pytest
from sqlalchemy import select

from community.accounts import actions as accounts_actions
from community.core.actor import Standing
from community.core.db import db
from community.safety.models import Consent
from community.safety.rules import CONSENT_TEXT_VERSION, Purpose
from tests.pages import send

PAGE = "/consent"


@pytest.fixture
def noor(make, clock):
    person = make.arriving("noor@example.org")
    make.everyone()
    make.done(
        lambda: accounts_actions.introduce(person, "Noor", "UTC", is_adult=True, now=clock.now())
    )
    return make.actor(person)


@pytest.fixture
def kept(app):
    def rows() -> list[Consent]:
        with app.app_context():
            return list(db.session.scalars(select(Consent).order_by(Consent.given_at)))

    return rows


def test_with_it_somebody_has_arrived(client_for, make, noor, kept, clock) -> None:
    browser = client_for(noor)
    assert send(browser, PAGE).headers["Location"] == "/guidelines"
    assert make.actor(noor).standing is Standing.ACTIVE
    (consent,) = kept()
    assert consent.purpose is Purpose.HEALTH
    assert consent.text_version == CONSENT_TEXT_VERSION
    assert consent.given_at == clock.now()
    assert browser.get("/home").status_code == 200


def test_without_it_nobody_comes_in(client_for, noor) -> None:
    browser = client_for(noor)
    assert browser.get("/home").headers["Location"] == "/about-you"
    assert browser.get("/groups").headers["Location"] == "/about-you"


def test_it_comes_after_a_name(client_for, make, kept) -> None:
    arriving = client_for(make.arriving("ben@example.org"))
    assert send(arriving, PAGE).status_code == 409
    assert kept() == []


def test_it_is_asked_for_by_itself(client_for, noor) -> None:
    """Not bundled with the guidelines, or with anything else (GDPR art. 7 and 9)."""
    page = client_for(noor).get(PAGE).text
    assert page.count('<button class="btn') == 2
    assert "I consent to this" in page
    assert "agree" not in page.split("<main")[1].split("</main>")[0]


def test_a_member_takes_it_back_and_stands_at_the_door_again(
    client_for, make, noor, kept, clock
) -> None:
    browser = client_for(noor)
    send(browser, PAGE)
    clock.pass_by(minutes=30)
    assert send(browser, PAGE, "/consent/withdraw").headers["Location"] == PAGE
    assert make.actor(noor).standing is Standing.ARRIVING
    assert make.actor(noor).groups == frozenset()
    assert kept()[0].withdrawn_at == clock.now()
    assert "Do you consent?" in browser.get(PAGE).text
    assert browser.get("/home").headers["Location"] == "/about-you"


def test_giving_it_again_is_a_record_of_its_own(client_for, noor, kept, clock) -> None:
    browser = client_for(noor)
    send(browser, PAGE)
    send(browser, PAGE, "/consent/withdraw")
    clock.pass_by(minutes=1)
    send(browser, PAGE)
    first, second = kept()
    assert first.withdrawn_at is not None
    assert second.withdrawn_at is None


def test_a_guest_is_sent_to_the_door(client_for) -> None:
    assert client_for().get(PAGE).headers["Location"].startswith("/sign-in")
