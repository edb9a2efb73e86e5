"""The calls that somebody holds: who comes, how the last ones went, what is at the same time."""

from datetime import timedelta

import pytest

from community.accounts import actions as accounts_actions
from community.calls import attendance
from community.calls.actions import scheduling
from community.calls.rules.call import CallState, EndReason
from tests.pages import send

PAGE = "/calls/held"


@pytest.fixture
def ended(make, cast, clock):
    """A call that is over, to which these people came."""

    def over(title: str, came=(), because=EndReason.FINISHED, **more) -> None:
        call_id = make.call(cast.neck, cast.hana, title=title, **more)
        ids = frozenset(person.id for person in came)
        make.done(lambda: attendance.keep(call_id, ids, frozenset(), now=clock.now()))
        make.done(lambda: scheduling.move_to(call_id, CallState.ENDED, because))

    return over


def test_it_says_how_many_come_and_what_they_chose_to_show(make, cast, client_for):
    make.done(lambda: accounts_actions.keep_card(cast.ana, "Please wait."))
    make.done(lambda: accounts_actions.keep_card(cast.ben, "Look away."))
    call_id = make.call(
        cast.neck, cast.hana, seats=2, seated=[cast.ana, cast.ben], waiting=[cast.noor]
    )
    hana = client_for(cast.hana)
    page = hana.get(PAGE).text
    assert "2 of 2 seats are taken." in page
    assert "One person is waiting." in page
    assert "how to listen to them" not in page
    send(client_for(cast.ana), f"/calls/{call_id}", f"/calls/{call_id}/card", shows="yes")
    page = hana.get(PAGE).text
    assert "One person shows you how to listen to them." in page
    assert "Please wait." not in page
    assert f"/calls/{call_id}/people" in page


def test_it_leads_to_what_is_asked_of_facilitators(cast, client_for):
    assert 'href="/guidelines/facilitators"' in client_for(cast.hana).get(PAGE).text


def test_only_calls_that_i_hold_are_there_alone_or_with_another(make, cast, client_for, ben):
    together = make.call(cast.neck, cast.hana, title="Together")
    make.held_together(together, cast.hana, ben)
    make.call(cast.neck, cast.hana, title="Of Hana", starts_in=timedelta(days=5))
    page = client_for(ben).get(PAGE).text
    assert "Together" in page
    assert "You hold it with Hana." in page
    assert "Of Hana" not in page
    assert "You hold it with Ben." in client_for(cast.hana).get(PAGE).text


def test_what_is_over_is_told_without_blame(make, cast, clock, client_for, ended):
    ended("Good one", [cast.ana, cast.ben, cast.hana], seated=[cast.ana, cast.ben, cast.mori])
    ended("Nobody led", because=EndReason.FACILITATOR_ABSENT, starts_in=timedelta(days=3))
    cancelled = make.call(cast.neck, cast.hana, title="Off")
    make.done(lambda: scheduling.cancel_call(cast.hana, cancelled, now=clock.now()))
    page = client_for(cast.hana).get(PAGE).text
    assert "It was cancelled." not in page  # its day hasn’t come
    clock.pass_by(days=5)
    page = client_for(cast.hana).get(PAGE).text
    past = page[page.index("How the last ones went") :]
    assert "Two people were there." in past
    assert "Nobody could hold it that day. Everybody was told." in past
    assert "It was cancelled." in past
    for name in ("Ana", "Ben", "Mori"):
        assert name not in past


def test_calls_at_the_same_time_are_said_here_and_on_the_call(make, cast, client_for, ben):
    one = make.call(cast.neck, cast.hana, title="One")
    other = make.call(cast.neck, ben, title="Other", starts_in=timedelta(days=4, minutes=30))
    make.call(cast.neck, ben, title="Afterwards", starts_in=timedelta(days=4, minutes=90))
    hana = client_for(cast.hana)
    for page in (hana.get(PAGE).text, hana.get(f"/calls/{one}").text):
        assert "At the same time:" in page
        assert "It’s a call of the same group." in page
        assert f"/calls/{other}" in page
        assert "Afterwards" not in page
    assert "At the same time:" not in client_for(cast.ana).get(f"/calls/{one}").text


def test_another_call_of_mine_in_another_group_is_at_the_same_time_too(make, cast, client_for):
    voice = make.group("Hands", facilitators=[cast.hana])
    hana = make.actor(cast.hana)
    one = make.call(cast.neck, hana, title="One")
    make.call(voice, hana, title="Hand circle")
    page = client_for(hana).get(f"/calls/{one}").text
    assert "Hand circle, <time" in page
    assert "You’re in that one too." in page


def test_whoever_facilitates_nowhere_has_no_such_page(cast, client_for):
    assert client_for(cast.ana).get(PAGE).status_code == 403
    assert "/sign-in" in client_for(None).get(PAGE).location
    assert PAGE not in client_for(cast.ana).get("/calls").text
    assert PAGE in client_for(cast.hana).get("/calls").text


@pytest.mark.holds("promise:10")
def test_a_stranger_finds_nothing_of_the_group_there(make, cast, client_for):
    make.call(cast.neck, cast.hana)
    assert "Neck circle" not in client_for(cast.stranger).get(PAGE).text


def test_many_past_calls_are_on_more_than_one_page(ended, cast, client_for):
    for number in range(21):
        ended(f"Circle {number:02}", starts_in=timedelta(hours=number + 1))
    hana = client_for(cast.hana)
    first = hana.get(PAGE).text
    assert "Circle 20<span" in first
    assert "Circle 00<span" not in first
    link = first[first.index(f"{PAGE}?before=") :].partition('"')[0]
    assert "Circle 00<span" in hana.get(link).text


def test_twenty_calls_cost_no_more_queries_than_one(make, cast, client_for, cost, ended):
    hana = client_for(cast.hana)
    make.call(cast.neck, cast.hana, seated=[cast.ana])
    ended("Over", [cast.ana], seated=[cast.ana])
    cost.statements.clear()
    hana.get(PAGE)
    one = int(cost)
    for _ in range(19):
        make.call(cast.neck, cast.hana, seated=[cast.ben])
        ended("Over", [cast.ben], seated=[cast.ben])
    cost.statements.clear()
    hana.get(PAGE)
    assert int(cost) == one
