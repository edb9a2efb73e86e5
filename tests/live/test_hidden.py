"""Words of a typed turn that a facilitator hides, and shows again. Pure."""

from dataclasses import replace

import pytest

from community.core.verdict import STALE
from community.live.page.faces import word
from community.live.queries import Said
from community.live.rules import reasons as rules
from community.live.rules.hidden import is_hidden
from community.live.rules.leading import HideWords, ShowWords
from community.live.rules.presses import End, Say
from community.live.rules.room import Mode, Part
from community.live.rules.stored import from_json, to_json
from tests.live.pretend import ANA, BEN, CALL, HANA, KENJI, NOOR, STRANGER, Circle, a_round, knock

WORDS = "Just stop the tablets now."


def ana_has_typed() -> tuple[Circle, int]:
    """And which of the words they are."""
    circle = a_round().accept(ANA, Mode.TYPED).happen(Say(ANA))
    return circle, circle.room.version


def hides(circle: Circle, number: int, by=HANA) -> HideWords:
    return HideWords(by, circle.room.version, number, writer=ANA)


@pytest.mark.holds("circle:9")
def test_nothing_else_in_the_room_is_changed() -> None:
    circle, number = ana_has_typed()
    before = circle.room
    circle.happen(hides(circle, number))
    assert is_hidden(circle.room, number)
    assert circle.effects == ()
    assert replace(circle.room, hidden=(), version=before.version) == before


def test_any_facilitator_shows_them_again_and_they_can_be_hidden_anew() -> None:
    circle, number = ana_has_typed()
    circle.happen(hides(circle, number))
    circle.happen(ShowWords(KENJI, circle.room.version, number))
    assert not is_hidden(circle.room, number)
    circle.happen(hides(circle, number, KENJI))
    assert is_hidden(circle.room, number)
    assert len(circle.room.hidden) == 1


@pytest.mark.holds("circle:6")
def test_whoever_has_not_seen_that_they_were_shown_again_hides_nothing() -> None:
    circle, number = ana_has_typed()
    late = hides(circle, number, KENJI)
    circle.happen(hides(circle, number))
    assert circle.refuses(replace(late, seen=circle.room.version)) == rules.WORDS_ARE_HIDDEN
    show = ShowWords(HANA, circle.room.version, number)
    circle.happen(show)
    assert circle.refuses(late) == STALE
    assert circle.refuses(show) == STALE
    unseen = circle.room.version + 1
    assert circle.refuses(replace(late, seen=unseen)) == STALE


@pytest.mark.holds("circle:6")
def test_a_turn_that_goes_on_meanwhile_makes_it_no_staler() -> None:
    circle, number = ana_has_typed()
    press = hides(circle, number)
    circle.happen(Say(ANA), knock(STRANGER))
    circle.happen(press)
    assert is_hidden(circle.room, number)


def test_nobody_hides_or_shows_their_own() -> None:
    """Who became a facilitator since has typed before."""
    circle, number = ana_has_typed()
    ana = replace(circle.room.person(ANA), part=Part.FACILITATOR)
    own = circle.room.with_person(ana)
    circle.happen(hides(circle, number))
    hidden = circle.room.with_person(ana)
    for room, press in (
        (own, HideWords(ANA, own.version, number, writer=ANA)),
        (hidden, ShowWords(ANA, hidden.version, number)),
    ):
        circle.room = room
        assert circle.refuses(press) == rules.WORDS_ARE_OWN


@pytest.mark.holds("circle:13")
def test_when_it_is_over_nothing_of_it_is_left() -> None:
    circle, number = ana_has_typed()
    circle.happen(hides(circle, number), End(HANA))
    assert circle.room.hidden == ()


@pytest.mark.holds("circle:7")
def test_the_row_keeps_it_and_one_of_an_older_release_has_none() -> None:
    circle, number = ana_has_typed()
    circle.happen(hides(circle, number))
    kept = to_json(circle.room)
    assert from_json(kept) == circle.room
    del kept["hidden"]
    assert from_json(kept) == replace(circle.room, hidden=())


@pytest.mark.holds("circle:9")
def test_each_page_says_what_stands_there_and_only_its_writers_has_the_words(application) -> None:
    circle, number = ana_has_typed()
    said = Said(CALL, ANA, WORDS, aloud=True, number=number)
    pages = {}
    with application.test_request_context():
        for when in ("shown", "hidden"):
            for person in (ANA, BEN, NOOR, HANA, KENJI):
                pages[when, person] = word(circle.room, said, circle.room.person(person))
            if when == "shown":
                circle.happen(hides(circle, number))
    for person in (BEN, NOOR, HANA, KENJI):
        assert pages["shown", person].text == WORDS
        there = pages["hidden", person]
        assert WORDS not in str(there)
        assert there.text == "What Ana typed here is hidden for now. Nothing else has changed."
        assert (there.name, there.aloud, there.note, there.hide_at) == ("", False, "", "")
        leads = person in (HANA, KENJI)
        assert [each.event for each in there.controls] == ["show-words"] * leads
        assert bool(pages["shown", person].hide_at) is leads
    mine = pages["hidden", ANA]
    assert (mine.name, mine.text, mine.controls) == ("You", WORDS, ())
    assert mine.note.startswith("Only you see these words now.")
