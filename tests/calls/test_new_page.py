"""The page to schedule a call on."""

import re

import pytest
from sqlalchemy import select

from community.calls.models import Call
from community.calls.rules.times import TOO_FAR
from community.core.actor import Role
from community.core.db import db
from tests.pages import ALERT, send

PAGE = "/calls/new"
TYPED = {
    "title": "Voice circle, typed turns first",
    "topic": "laryngeal",
    "day": "2026-12-01",
    "hour": "18:30",
    "minutes": "60",
    "seats": "6",
    "about": "Something small.",
    "happens": "Typed turns come first.",
    "guide": "As long as it takes",
}


@pytest.fixture
def typed(cast):
    return {"group": str(cast.neck), **TYPED}


def test_a_facilitator_schedules_a_call_on_their_own_clocks(make, cast, client_for, typed):
    gala = make.member("Gala", zone="America/New_York")
    make.joined(cast.neck, gala, cast.owner)
    make.appointed(cast.neck, cast.owner, gala, frozenset({Role.FACILITATOR}))
    browser = client_for(make.actor(gala))
    assert "On the clocks of New York." in browser.get(PAGE).text
    answer = send(browser, PAGE, **typed)
    assert answer.status_code == 302
    page = browser.get(answer.location).text
    assert "Voice circle, typed turns first" in page
    assert re.search(r"Tuesday 1 December, 6:30\s*pm", page)
    with make.app.app_context():
        call = db.session.scalars(select(Call)).one()
    assert (call.starts_at.hour, call.zone) == (23, "America/New_York")
    assert (call.minutes, call.seats, call.topic) == (60, 6, "laryngeal")


@pytest.mark.holds("F:F32", "F:F63")
def test_the_guide_and_the_usual_size_are_filled_in(cast, client_for):
    page = client_for(cast.hana).get(PAGE).text
    assert "About two minutes, or less, or pass" in page
    assert '<option selected value="8">8</option>' in page
    assert '<option selected value="45">45</option>' in page


def test_the_way_from_a_group_fills_in_the_group(make, cast, client_for):
    second = make.group("Voice, mornings", facilitators=[cast.hana])
    page = client_for(make.actor(cast.hana)).get(f"{PAGE}?group={second}").text
    assert f'<option selected value="{second}">' in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", " ", "Enter a title, like Neck circle"),
        ("day", "soon", "Enter a date, like 24 November 2026"),
        ("hour", "", "Enter a time, like 6:30 pm"),
        ("day", "2026-11-19", "That time has passed. Choose a time still to come."),
        ("day", "0001-01-01", "That time has passed. Choose a time still to come."),
        (
            "day",
            "2029-11-24",
            TOO_FAR.text,
        ),
        (
            "day",
            "9999-12-31",
            TOO_FAR.text,
        ),
        ("guide", "", "Enter how long a turn is, in words"),
    ],
)
def test_a_slip_is_told_beside_the_field_and_nothing_typed_is_lost(
    field: str, value: str, said: str, make, cast, client_for, typed
):
    answer = send(client_for(cast.hana), PAGE, **{**typed, field: value})
    assert answer.status_code == 422
    assert ALERT in answer.text
    assert answer.text.count(said) == 2  # in the summary and beside the field
    assert "Typed turns come first." in answer.text
    with make.app.app_context():
        assert not db.session.scalars(select(Call)).all()


def test_an_hour_that_the_clocks_leave_out_is_told_in_words(make, cast, client_for, typed):
    lena = make.member("Lena", zone="Europe/London")
    make.joined(cast.neck, lena, cast.owner)
    make.appointed(cast.neck, cast.owner, lena, frozenset({Role.FACILITATOR}))
    browser = client_for(make.actor(lena))
    answer = send(browser, PAGE, **{**typed, "day": "2027-03-28", "hour": "01:30"})
    assert answer.status_code == 422
    assert "The clocks go forward on that day" in answer.text


def test_a_group_of_others_is_no_choice(make, cast, client_for, typed):
    elsewhere = make.group("Hands", facilitators=[cast.stranger])
    answer = send(client_for(cast.hana), PAGE, **{**typed, "group": str(elsewhere)})
    assert answer.status_code == 422
    with make.app.app_context():
        assert not db.session.scalars(select(Call)).all()


def test_a_member_is_told_who_schedules_calls(cast, client_for):
    answer = client_for(cast.ana).get(PAGE)
    assert answer.status_code == 403
    assert "Facilitators schedule the calls of a group." in answer.text


def test_a_guest_is_asked_to_sign_in(client_for):
    assert "/sign-in" in client_for(None).get(PAGE).location
