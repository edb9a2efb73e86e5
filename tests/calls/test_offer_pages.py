"""What a page says of a seat that is held, given back, or listened from; and each press on it."""

from datetime import timedelta

import pytest

from community.calls import jobs
from community.calls.actions import scheduling
from community.calls.rules.call import CallState
from community.core.actor import Staff
from community.groups import actions as groups_actions
from tests.pages import ALERT, send


@pytest.fixture
def held(make, cast, call_id):
    """A seat is held for Mori, since Friday at noon."""
    make.gave_up(call_id, cast.ana)
    return call_id


@pytest.fixture
def seen_by(client_for):
    return lambda person, call_id: plain(client_for(person).get(f"/calls/{call_id}").text)


def plain(page: str) -> str:
    """The spaces in a time don’t break a line; here they are spaces like any other."""
    return " ".join(page.split())


@pytest.mark.holds("promise:5")
def test_it_says_until_when_a_seat_is_held_and_counts_nothing_down(cast, held, seen_by):
    seen = seen_by(cast.mori, held)
    assert "It’s held until Saturday 21 November, 10:00 am" in seen
    assert "The hours of your night aren’t counted." in seen
    for hurry in ("expire", "hurry", "last chance", "minutes left"):
        assert hurry not in seen.lower()


def test_it_is_held_longer_by_one_press_and_then_the_button_is_gone(cast, held, client_for):
    browser = client_for(cast.mori)
    press = f"/calls/{held}/keep-longer"
    assert "Hold it longer, until Sunday 22 November, 8:00 am" in plain(
        browser.get(f"/calls/{held}").text
    )
    answer = send(browser, f"/calls/{held}", press)
    after = plain(browser.get(answer.location).text)
    assert "It’s held until Sunday 22 November, 8:00 am" in after
    assert "Hold it longer" not in after
    again = send(browser, f"/calls/{held}", press)
    assert again.status_code == 409
    assert "as long as it can be already" in again.text


def test_where_longer_makes_no_difference_it_is_not_asked(make, cast, clock, call_id, seen_by):
    clock.pass_by(days=3, hours=23, minutes=40)
    make.gave_up(call_id, cast.ana)
    seen = seen_by(cast.mori, call_id)
    assert "It’s held until" in seen
    assert "Hold it longer" not in seen


@pytest.mark.parametrize("press", ["take", "let-go", "keep-longer"])
def test_after_its_end_the_page_and_the_press_say_the_same(press, cast, clock, held, client_for):
    """Nobody has come by to end it yet."""
    browser = client_for(cast.mori)
    clock.pass_by(hours=22)
    seen = browser.get(f"/calls/{held}").text
    assert "The seat isn’t held for you any longer. That’s all right." in seen
    assert "Take the seat" not in seen
    assert "Wait in line" in seen
    answer = send(browser, f"/calls/{held}", f"/calls/{held}/{press}")
    assert answer.status_code == 409
    assert "The seat isn’t held for you any longer." in answer.text
    assert send(browser, f"/calls/{held}", f"/calls/{held}/sign-up").status_code == 302
    assert "Your seat is confirmed" in browser.get(f"/calls/{held}").text


def test_once_standby_is_open_a_free_seat_is_told_and_is_theirs_by_one_press(
    make, cast, clock, held, client_for
):
    browser = client_for(cast.mori)
    clock.pass_by(days=3, hours=23, minutes=50)
    with make.app.app_context():
        jobs.end_offers(clock.now())
    assert "You can stand by: a seat is free" in browser.get(f"/calls/{held}").text
    answer = send(browser, f"/calls/{held}", f"/calls/{held}/stand-by")
    assert answer.location.endswith(f"/calls/{held}/lobby")
    assert "Your seat is confirmed" in browser.get(f"/calls/{held}").text


def test_in_the_list_a_held_seat_says_until_when(cast, held, client_for):
    seen = plain(client_for(cast.mori).get("/calls").text)
    assert '<p class="small">Until Saturday 21 November, 10:00 am.</p>' in seen


def test_a_seat_that_is_held_no_longer_waits_for_no_answer(cast, clock, held, client_for):
    clock.pass_by(hours=22)
    seen = client_for(cast.mori).get("/calls").text
    assert "Waiting for your answer" not in seen
    assert "Neck circle" in seen


def test_giving_a_seat_back_says_beforehand_that_they_are_first_next_time(cast, call_id, seen_by):
    seen = seen_by(cast.ana, call_id)
    assert "Nobody asks why, and next time you’re first in line in this group." in seen


def test_to_listen_is_a_second_button_as_large_as_the_first(make, cast, client_for):
    call_id = make.call(cast.neck, cast.hana)
    browser = client_for(cast.ana)
    assert '<button class="btn big wide" type="submit">Sign me up to listen' in (
        browser.get(f"/calls/{call_id}").text
    )
    send(browser, f"/calls/{call_id}", f"/calls/{call_id}/sign-up", listens="yes")
    assert "You’re coming, to listen" in browser.get(f"/calls/{call_id}").text
    roster = client_for(cast.hana).get(f"/calls/{call_id}/people").text
    assert "to listen" in roster


def test_where_listeners_are_not_welcome_there_is_one_button(make, cast, client_for):
    call_id = make.call(cast.neck, cast.hana, listeners=False)
    browser = client_for(cast.ana)
    assert "to listen" not in browser.get(f"/calls/{call_id}").text
    answer = send(browser, f"/calls/{call_id}", f"/calls/{call_id}/sign-up", listens="yes")
    assert answer.status_code == 409
    assert "In this call everybody takes a turn, or passes." in answer.text


def test_a_week_that_is_full_is_told_where_the_button_would_be(make, cast, seen_by):
    make.done(lambda: groups_actions.limit_seats(cast.owner, cast.neck, 1))
    make.call(cast.neck, cast.hana, seated=[cast.noor])
    other = make.call(cast.neck, cast.hana, starts_in=timedelta(days=5))
    seen = seen_by(cast.noor, other)
    assert "Choose another week, or stand by for this one" in seen
    assert "Sign me up" not in seen
    assert "Sign me up" in seen_by(cast.ben, other)


def test_cards_offer_no_seat_in_a_week_that_is_full_and_say_so(make, cast, client_for, cost):
    make.done(lambda: groups_actions.limit_seats(cast.owner, cast.neck, 1))
    make.call(cast.neck, cast.hana, seated=[cast.noor])
    same, next_week = (
        make.call(cast.neck, cast.hana, starts_in=timedelta(days=days)) for days in (5, 12)
    )
    browser = client_for(cast.noor)
    for path in ("/calls", f"/groups/{cast.neck}"):
        page = browser.get(path).text
        assert "You have your calls in this group for that week." in page
        assert f"/calls/{same}/sign-up" not in page
        assert f"/calls/{next_week}/sign-up" in page
    cost.statements.clear()
    browser.get("/calls")
    before = int(cost)
    for days in (6, 7, 13):
        make.call(cast.neck, cast.hana, starts_in=timedelta(days=days))
    cost.statements.clear()
    browser.get("/calls")
    assert int(cost) == before


def test_how_many_calls_a_week_is_set_by_the_owner(make, cast, client_for):
    browser = client_for(cast.owner)
    settings = f"/groups/{cast.neck}/seats"
    assert settings in browser.get(f"/groups/{cast.neck}").text
    answer = send(browser, settings, weekly_seats="2")
    assert answer.status_code == 302
    assert '<option selected value="2">' in browser.get(settings).text
    bad = send(browser, settings, weekly_seats="9")
    assert bad.status_code == 422
    assert ALERT in bad.text
    send(browser, settings, weekly_seats="")
    assert '<option selected value="">' in browser.get(settings).text


def test_for_others_there_is_no_such_page(make, cast, client_for):
    settings = f"/groups/{cast.neck}/seats"
    for who, status in ((cast.ana, 403), (cast.hana, 403), (cast.stranger, 404)):
        assert client_for(who).get(settings).status_code == status
        assert send(client_for(who), "/groups", settings, weekly_seats="1").status_code == status
    assert "/sign-in" in client_for(None).get(settings).location
    admin = make.actor(make.staff("Ada", Staff.ADMIN))
    assert client_for(admin).get(f"/groups/{make.everyone()}/seats").status_code == 200


@pytest.mark.holds("promise:10")
def test_a_stranger_presses_nothing(cast, held, client_for):
    answer = send(client_for(cast.stranger), "/groups", f"/calls/{held}/keep-longer")
    assert answer.status_code == 404
    assert client_for(None).post(f"/calls/{held}/keep-longer").status_code in (302, 400)


def test_a_long_line_costs_no_more_queries_than_a_held_seat_alone(
    make, cast, held, client_for, cost
):
    browser = client_for(cast.mori)
    browser.get(f"/calls/{held}")
    cost.statements.clear()
    browser.get(f"/calls/{held}")
    alone = int(cost)
    for number in range(5):
        person = make.member(f"Member {number}")
        make.joined(cast.neck, person, cast.owner)
        make.signed_up(held, make.actor(person))
    cost.statements.clear()
    browser.get(f"/calls/{held}")
    assert int(cost) == alone


def test_a_member_comes_to_listen_and_takes_a_turn_after_all_with_one_press_each(
    make, cast, call_id, client_for
):
    press = f"/calls/{call_id}/part-in-it"
    for who, words in ((cast.ana, "You’re coming, to listen"), (cast.mori, "Waiting, to listen")):
        browser = client_for(who)
        assert "I’d rather only listen" in browser.get(f"/calls/{call_id}").text
        done = send(browser, f"/calls/{call_id}", press, listens="yes")
        seen = browser.get(done.location).text
        assert "You come to listen. No turn comes to you." in seen
        assert words in seen
        assert "I’d rather only listen" not in seen
    assert client_for(cast.hana).get(f"/calls/{call_id}/people").text.count("to listen") >= 2
    browser = client_for(cast.ana)
    done = send(browser, f"/calls/{call_id}", press, listens="no")
    assert "You’re coming, to listen" not in browser.get(done.location).text


@pytest.mark.holds("asvs:2")
def test_who_has_no_seat_or_whose_circle_has_begun_chooses_nothing_there(
    make, cast, call_id, client_for
):
    press = f"/calls/{call_id}/part-in-it"
    assert send(client_for(cast.noor), "/comfort", press, listens="yes").status_code == 409
    assert send(client_for(cast.stranger), "/comfort", press, listens="yes").status_code == 404
    for state in (CallState.LOBBY, CallState.LIVE):
        make.done(lambda: scheduling.move_to(call_id, state))  # noqa: B023
    assert "I’d rather only listen" not in client_for(cast.ana).get(f"/calls/{call_id}").text
    assert send(client_for(cast.ana), "/comfort", press, listens="yes").status_code == 409
