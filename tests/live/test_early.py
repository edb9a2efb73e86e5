"""Before the start nobody is late: who may come in already, and from when somebody is missed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask

from community.calls.models import Call
from community.calls.rules.call import CallState, EndReason
from community.core.db import db
from community.live.jobs import end_empty_circles
from community.live.rules import reasons as rules
from community.live.rules.events import Empty, Lost, NobodyCame
from community.live.rules.leading import Start
from community.live.rules.presses import End, Leave
from community.live.rules.room import Phase
from community.live.rules.view import seen_by
from tests.live.circle import Circle as Pages
from tests.live.pretend import ANA, BEN, HANA, NOW, SAM, Circle, knock


def before_the_start(minutes: int) -> Circle:
    """Hana has looked into the lobby and gone again; Ana waits."""
    circle = Circle()
    circle.room = replace(circle.room, starts_at=NOW + timedelta(minutes=minutes))
    return circle.happen(knock(HANA), Leave(HANA), knock(ANA))


@pytest.mark.holds("circle:R4")
def test_a_facilitator_who_looked_in_early_is_missed_from_the_start_on() -> None:
    circle = before_the_start(minutes=20).wait(minutes=24)
    assert circle.refuses(End(ANA)) == rules.WAIT_FOR_FACILITATOR
    seen = seen_by(circle.room, ANA, circle.now)
    assert not seen.may_choose
    assert seen.ask_again_at == NOW + timedelta(minutes=25)
    assert circle.wait(minutes=1).happen(End(ANA)).room.phase is Phase.ENDED


@pytest.mark.holds("circle:R4")
def test_a_circle_that_began_early_is_missed_a_facilitator_at_once() -> None:
    circle = before_the_start(minutes=20).happen(knock(HANA), Start(HANA), Lost(HANA))
    assert circle.wait(minutes=5).happen(End(ANA)).room.phase is Phase.ENDED


def test_a_lobby_is_empty_half_an_hour_after_the_start_at_the_soonest() -> None:
    circle = before_the_start(minutes=20).happen(knock(HANA)).wait(minutes=25)
    circle.happen(Leave(ANA), Leave(HANA)).wait(minutes=29)
    assert circle.refuses(Empty()) == rules.SOMEBODY_IS_HERE
    assert circle.wait(minutes=1).happen(Empty()).room.phase is Phase.ENDED
    alone = Circle()
    alone.room = replace(alone.room, starts_at=NOW + timedelta(minutes=20))
    alone.happen(knock(HANA), Leave(HANA)).wait(minutes=49)
    assert alone.refuses(Empty()) == rules.SOMEBODY_IS_HERE
    starts_at = alone.wait(minutes=1).room.starts_at
    assert alone.refuses(NobodyCame(starts_at)) == rules.FACILITATOR_CAME  # nobody waited for one
    assert alone.happen(Empty()).effects[-1].why is EndReason.EMPTY


def test_a_lobby_that_somebody_only_knocked_at_ends_too() -> None:
    circle = Circle().happen(knock(SAM, confirmed=False), Leave(SAM)).wait(minutes=30)
    assert circle.room.people == ()
    assert circle.happen(NobodyCame(NOW)).room.phase is Phase.ENDED


@pytest.mark.holds("circle:R4")
def test_to_whoever_looked_in_and_found_nobody_who_leads_we_are_sorry() -> None:
    circle = before_the_start(minutes=20).happen(Leave(ANA)).wait(minutes=50)
    assert circle.refuses(Empty()) == rules.SOMEBODY_IS_HERE
    circle.happen(NobodyCame(NOW + timedelta(minutes=20)))
    assert circle.effects[-1].why is EndReason.FACILITATOR_ABSENT
    assert ANA in circle.effects[-1].people


def test_whoever_went_last_is_waited_for_longest() -> None:
    circle = before_the_start(minutes=0).happen(knock(BEN), Leave(ANA)).wait(minutes=10)
    circle.happen(Leave(BEN)).wait(minutes=29)
    assert circle.refuses(Empty()) == rules.SOMEBODY_IS_HERE
    assert circle.wait(minutes=1).happen(Empty()).room.phase is Phase.ENDED


def test_a_lobby_that_was_looked_into_half_an_hour_early_is_there_at_the_start(
    app: Flask, circle: Pages
) -> None:
    circle.call_id = circle.make.call(
        circle.group, circle.hana, starts_in=timedelta(minutes=30), seated=[circle.ana]
    )
    circle.join("Hana")
    circle.press("Hana", "leave")
    now = circle.clock.pass_by(minutes=30)
    with app.app_context():
        end_empty_circles(now)
        assert db.session.get_one(Call, circle.call_id).state is CallState.LOBBY
    circle.join("Ana")
    assert circle.board("Ana")["cue"] == "You’re in the lobby"


def test_until_it_opens_for_members_the_lobby_is_for_whoever_facilitates(circle: Pages) -> None:
    circle.call_id = circle.make.call(
        circle.group, circle.hana, starts_in=timedelta(minutes=25), seated=[circle.ana]
    )
    circle.join("Hana")
    lobby = f"/calls/{circle.call_id}/lobby"
    assert "Join now" not in circle.browsers["Ana"].get(lobby).text
    assert circle.post("Ana", lobby, {"way": "voice"}).status_code == 409
    circle.clock.pass_by(minutes=10)
    circle.join("Ana")


def test_a_circle_that_begins_early_lets_people_in(circle: Pages) -> None:
    circle.call_id = circle.make.call(
        circle.group, circle.hana, starts_in=timedelta(minutes=25), seated=[circle.ana]
    )
    circle.join("Hana")
    circle.press("Hana", "start")
    circle.join("Ana")
    assert circle.board("Ana")["cue"] == "Welcome"
