"""The pages to change a call and to cancel it, and who may open these and who is coming."""

import pytest

from community.core.actor import Role
from tests.pages import send

CHANGED = {
    "title": "Neck and shoulder circle",
    "topic": "",
    "day": "2026-11-25",
    "hour": "19:00",
    "minutes": "45",
    "seats": "8",
    "about": "",
    "happens": "",
    "guide": "About two minutes, or less, or pass",
}


@pytest.fixture
def call_id(make, cast):
    return make.call(
        cast.neck,
        cast.hana,
        seats=3,
        seated=[cast.ana, cast.ben, cast.mori],
        waiting=[cast.noor],
    )


def test_the_form_shows_the_call_as_it_is(cast, call_id, client_for):
    page = client_for(cast.hana).get(f"/calls/{call_id}/edit").text
    assert 'value="Neck circle"' in page
    assert 'value="2026-11-24"' in page
    assert 'value="12:00"' in page
    assert '<option selected value="3">3</option>' in page


def test_an_owner_elsewhere_changes_it_on_the_clocks_it_was_scheduled_by(make, cast, client_for):
    gala = make.member("Gala", zone="America/New_York")
    make.joined(cast.neck, gala, cast.owner)
    make.appointed(cast.neck, cast.owner, gala, frozenset({Role.FACILITATOR}))
    call_id = make.call(cast.neck, make.actor(gala))
    browser = client_for(cast.owner)
    page = browser.get(f"/calls/{call_id}/edit").text
    assert "On the clocks of New York." in page
    assert 'value="07:00"' in page
    answer = send(browser, f"/calls/{call_id}/edit", **CHANGED)
    after = " ".join(browser.get(answer.location).text.split())
    assert "Thursday 26 November, 12:00 am" in after  # seven in the evening in New York


def test_a_changed_time_is_saved_and_told(cast, call_id, client_for, letters):
    browser = client_for(cast.hana)
    answer = send(browser, f"/calls/{call_id}/edit", **CHANGED)
    page = browser.get(answer.location).text
    assert "Your changes are saved." in page
    assert "Wednesday 25 November" in page
    assert letters().count(("Ana", "call_moved")) == 1


def test_fewer_seats_than_are_taken_is_no_choice(cast, call_id, client_for):
    browser = client_for(cast.hana)
    assert 'value="2"' not in browser.get(f"/calls/{call_id}/edit").text
    answer = send(browser, f"/calls/{call_id}/edit", **{**CHANGED, "seats": "2"})
    assert answer.status_code == 422
    assert "Neck and shoulder circle" in answer.text


def test_cancelling_takes_a_page_and_a_button(cast, call_id, client_for, letters):
    browser = client_for(cast.hana)
    page = browser.get(f"/calls/{call_id}/cancel").text
    assert "Cancel this call?" in page
    assert "Four people have signed up." in page
    assert "call_cancelled" not in {kind for _, kind in letters()}
    answer = send(browser, f"/calls/{call_id}/cancel")
    assert "This call was cancelled." in browser.get(answer.location).text
    assert [name for name, kind in letters() if kind == "call_cancelled"] == [
        "Ana",
        "Ben",
        "Mori",
        "Noor",
    ]


@pytest.mark.holds("asvs:4")
@pytest.mark.parametrize("path", ["edit", "cancel", "people"])
def test_members_and_other_facilitators_may_not(path: str, make, cast, call_id, client_for):
    make.appointed(cast.neck, cast.owner, cast.mori, frozenset({Role.FACILITATOR}))
    for person in (cast.ana, make.actor(cast.mori)):
        assert client_for(person).get(f"/calls/{call_id}/{path}").status_code == 403


@pytest.mark.parametrize("path", ["edit", "cancel", "people"])
def test_a_guest_is_asked_to_sign_in(path: str, call_id, client_for):
    assert "/sign-in" in client_for(None).get(f"/calls/{call_id}/{path}").location
