"""A room is the same after it was kept. Pure."""

import pytest

from community.live.rules.events import Lost
from community.live.rules.presses import (
    End,
    Finish,
)
from community.live.rules.stored import from_text, to_text
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    MOMENTS,
    ana_speaks,
    nobody_leads,
)


@pytest.mark.holds("circle:7")
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_room_is_the_same_after_it_was_kept(moment: str) -> None:
    room = MOMENTS[moment]().happen(Lost(BEN)).room
    assert from_text(to_text(room)) == room


@pytest.mark.holds("circle:7")
def test_an_ended_and_a_paused_room_are_the_same_after_they_were_kept() -> None:
    paused = nobody_leads(ana_speaks()).wait(seconds=20).press(Finish, ANA)
    ended = ana_speaks().happen(End(HANA))
    for circle in (paused, ended):
        assert from_text(to_text(circle.room)) == circle.room
