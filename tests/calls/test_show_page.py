"""The page of one call, and its box in each state."""

import pytest

from community.calls.actions import scheduling
from community.calls.rules.call import CallState
from community.core.actor import Role, Staff
from tests.pages import send


@pytest.fixture
def full(make, cast):
    """Two seats, Ben and Mori have them."""
    return make.call(
        cast.neck,
        cast.hana,
        seats=2,
        seated=[cast.ben, cast.mori],
        about="Something small that went well, or didn’t.",
    )


@pytest.fixture
def seen_by(client_for):
    return lambda person, call_id: client_for(person).get(f"/calls/{call_id}").text


def test_it_says_when_how_long_and_what_happens(cast, full, seen_by):
    page = seen_by(cast.ana, full)
    for words in (
        "Neck circle",
        "Tuesday 24 November",
        "(<time",
        "About 45 minutes.",
        "Camera off is fine.",
        "Something small that went well",
        "About two minutes, or less, or pass. Nothing counts down.",
        "<strong>Hana</strong>, facilitator",
    ):
        assert words in page


@pytest.mark.holds("promise:10")
def test_it_says_how_many_come_and_never_who(cast, full, seen_by):
    seen = seen_by(cast.ana, full)
    assert "All 2 seats are taken." in seen
    assert not any(name in seen for name in ("Ben", "Mori"))
    assert "Mori" not in seen_by(cast.ben, full)


def test_a_free_seat_is_taken_in_one_press(make, cast, client_for):
    call_id = make.call(cast.neck, cast.hana, seated=[cast.ben])
    browser = client_for(cast.ana)
    page = browser.get(f"/calls/{call_id}").text
    assert "1 of 8 seats are taken" in page
    assert "Seven seats are free." in page
    assert "Sign me up" in page
    answer = send(browser, f"/calls/{call_id}", f"/calls/{call_id}/sign-up")
    assert answer.status_code == 302
    after = browser.get(answer.location).text
    assert "Your seat is confirmed" in after
    assert "Go to the lobby" in after
    assert f"/calls/{call_id}/lobby" in after


@pytest.mark.holds("F:F36")
def test_a_seat_is_given_up_in_one_press(make, cast, client_for):
    call_id = make.call(cast.neck, cast.hana, seated=[cast.ana])
    browser = client_for(cast.ana)
    answer = send(browser, f"/calls/{call_id}", f"/calls/{call_id}/give-up")
    after = browser.get(answer.location).text
    assert "You’re marked as not coming. See you another time." in after
    assert "Sign me up" in after


def test_a_full_call_has_a_line(cast, full, client_for):
    browser = client_for(cast.ana)
    page = browser.get(f"/calls/{full}").text
    assert "All 2 seats are taken. Nobody is waiting" in page
    answer = send(browser, f"/calls/{full}", f"/calls/{full}/sign-up")
    after = browser.get(answer.location).text
    assert "You’re first in line" in after
    answer = send(browser, f"/calls/{full}", f"/calls/{full}/leave-line")
    assert "You’ve left the line." in browser.get(answer.location).text


def test_places_in_the_line_are_told_in_words(make, cast, full, seen_by):
    make.signed_up(full, cast.ana)
    dana = make.member("Dana")
    make.joined(cast.neck, dana, cast.owner)
    dana = make.actor(dana)
    make.signed_up(full, dana)
    assert "You’re first in line" in seen_by(cast.ana, full)
    assert "You’re second in line" in seen_by(dana, full)
    assert "Two people are waiting" in seen_by(cast.owner, full)


@pytest.mark.parametrize(
    ("press", "told"),
    [("take", "Your seat is confirmed"), ("let-go", "The seat goes to the next person.")],
)
@pytest.mark.holds("promise:5")
def test_a_held_seat_is_taken_or_let_go_in_one_press(
    press: str, told: str, make, cast, full, client_for
):
    make.signed_up(full, cast.ana)
    make.gave_up(full, cast.ben)
    browser = client_for(cast.ana)
    page = browser.get(f"/calls/{full}").text
    assert "It’s held until" in page
    answer = send(browser, f"/calls/{full}", f"/calls/{full}/{press}")
    assert told in browser.get(answer.location).text


def test_whoever_holds_it_finds_what_a_facilitator_needs(cast, full, seen_by):
    page = seen_by(cast.hana, full)
    assert "You hold this call" in page
    for path in ("people", "edit", "cancel"):
        assert f'"/calls/{full}/{path}"' in page
        assert f'"/calls/{full}/{path}"' not in seen_by(cast.ana, full)


def test_somebody_who_has_not_agreed_is_shown_the_guidelines_first(make, cast, seen_by):
    noor = make.member("Newcomer", agreed=False)
    call_id = make.call(make.everyone(), _facilitator_of_everyone(make))
    page = seen_by(make.actor(noor), call_id)
    assert "Please read the guidelines and agree to them first." in page
    assert "Sign me up" not in page


def _facilitator_of_everyone(make):
    admin = make.staff("Ada", Staff.ADMIN)
    kim = make.member("Kim")
    make.appointed(make.everyone(), admin, kim, frozenset({Role.FACILITATOR}))
    return make.actor(kim)


def test_a_cancelled_call_says_so_and_asks_nothing(make, cast, full, clock, seen_by):
    make.done(lambda: scheduling.cancel_call(cast.hana, full, now=clock.now()))
    page = seen_by(cast.ben, full)
    assert "This call was cancelled." in page
    assert "Go to the lobby" not in page
    assert "give-up" not in page


def test_a_call_that_is_over_says_so(make, cast, full, clock, seen_by):
    make.done(lambda: scheduling.move_to(full, CallState.ENDED))
    assert "This call is over." in seen_by(cast.ben, full)


def test_for_a_call_that_has_begun_one_stands_by_and_signs_up_no_more(
    make, cast, clock, client_for, seen_by
):
    call_id = make.call(cast.neck, cast.hana)
    clock.pass_by(days=4)
    page = seen_by(cast.ana, call_id)
    assert "You can stand by" in page
    assert "Sign me up" not in page
    answer = send(client_for(cast.ana), f"/calls/{call_id}", f"/calls/{call_id}/sign-up")
    assert "This call has already started." in answer.text


def test_a_press_at_the_wrong_moment_is_answered_calmly(cast, full, client_for):
    answer = send(client_for(cast.ben), f"/calls/{full}", f"/calls/{full}/sign-up")
    assert answer.status_code == 409
    assert "You’re already signed up for this call." in answer.text


def test_a_guest_is_asked_to_sign_in(full, client_for):
    assert "/sign-in" in client_for(None).get(f"/calls/{full}").location


@pytest.mark.holds("promise:10")
def test_a_stranger_finds_nothing(cast, full, client_for):
    browser = client_for(cast.stranger)
    for path in ("", "/edit", "/cancel", "/people"):
        assert browser.get(f"/calls/{full}{path}").status_code == 404
    for press in ("sign-up", "give-up", "take", "let-go", "leave-line", "cancel", "edit"):
        assert send(browser, "/calls", f"/calls/{full}/{press}").status_code == 404


def test_a_full_line_costs_no_more_queries_than_an_empty_one(make, cast, client_for, cost):
    browser = client_for(cast.ana)
    empty = make.call(cast.neck, cast.hana)
    busy = make.call(
        cast.neck, cast.hana, seats=2, seated=[cast.ben, cast.mori], waiting=[cast.owner, cast.noor]
    )
    browser.get(f"/calls/{empty}")
    counts = []
    for call_id in (empty, busy):
        cost.statements.clear()
        browser.get(f"/calls/{call_id}")
        counts.append(int(cost))
    assert counts[0] == counts[1]
