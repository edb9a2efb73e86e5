"""What lists of calls hold, and for whom."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from community.calls import queries
from community.calls.actions import scheduling
from community.calls.models import Call
from community.calls.rules.call import CallState, may_see
from community.core.db import db


def titles(cards) -> list[str]:
    return [card.title for card in cards]


@pytest.mark.holds("promise:10")
def test_the_list_shows_exactly_the_calls_that_may_be_seen(make, cast, clock):
    """`visible_calls` is the SQL twin of `may_see`."""
    make.call(cast.neck, cast.hana)
    elsewhere = make.group("Hands", members=[cast.ana], facilitators=[cast.hana])
    make.call(elsewhere, make.actor(cast.hana), title="Hand circle")
    people = [make.actor(one) for one in (cast.hana, cast.ana, cast.ben, cast.stranger)]
    numbers = []
    with make.app.app_context():
        calls = db.session.scalars(select(Call)).all()
        for person in people:
            seen = {card.id for card in queries.visible_calls(person, now=clock.now()).cards}
            assert seen == {call.id for call in calls if may_see(person, call)}
            numbers.append(len(seen))
    assert numbers == [2, 2, 1, 0]


def test_a_call_leaves_the_lists_when_it_is_over(make, cast, clock):
    soon = timedelta(hours=1)
    ended = make.call(cast.neck, cast.hana, title="Ended", starts_in=soon)
    cancelled = make.call(cast.neck, cast.hana, title="Cancelled", starts_in=soon)
    make.call(cast.neck, cast.hana, title="Forgotten", starts_in=soon)
    make.done(lambda: scheduling.move_to(ended, CallState.ENDED))
    make.done(lambda: scheduling.cancel_call(cast.hana, cancelled, now=clock.now()))

    def listed():
        with make.app.app_context():
            return titles(queries.calls_of_group(cast.ana, cast.neck, now=clock.now()))

    assert listed() == ["Forgotten"]
    clock.pass_by(hours=2)
    assert listed() == ["Forgotten"]  # it may still be going on
    clock.pass_by(hours=1)
    assert listed() == []


def test_my_next_call_is_the_first_i_have_a_seat_in_or_hold(make, cast, clock):
    for days, title, seated in (
        (1, "Of others", [cast.ben]),
        (2, "Ana’s next", [cast.ana]),
        (3, "Ana’s later", [cast.ana]),
    ):
        starts_in = timedelta(days=days)
        make.call(cast.neck, cast.hana, title=title, starts_in=starts_in, seated=seated)
    with make.app.app_context():
        mine, held, none = (
            queries.next_call_of(person, now=clock.now())
            for person in (cast.ana, cast.hana, cast.noor)
        )
    assert mine is not None
    assert mine.title == "Ana’s next"
    assert held is not None
    assert held.title == "Of others"
    assert none is None


def test_a_topic_lists_its_calls_to_those_who_may_see_them(make, cast, clock):
    make.call(cast.neck, cast.hana, title="Neck", topic="cervical")
    make.call(cast.neck, cast.hana, title="Voice", topic="laryngeal")
    with make.app.app_context():
        mine = queries.calls_of_topic(cast.ana, "cervical", now=clock.now())
        theirs = queries.calls_of_topic(cast.stranger, "cervical", now=clock.now())
    assert titles(mine) == ["Neck"]
    assert titles(theirs) == []


def test_calls_that_start_together_are_paged_without_a_gap_or_a_repeat(make, cast, clock):
    for number in range(7):
        make.call(cast.neck, cast.hana, title=f"Circle {number}")
    seen, after = [], None
    with make.app.app_context():
        while True:
            page = queries.visible_calls(cast.ana, after=after, limit=3, now=clock.now())
            seen += titles(page.cards)
            if (after := page.more_after) is None:
                break
    assert sorted(seen) == [f"Circle {number}" for number in range(7)]
