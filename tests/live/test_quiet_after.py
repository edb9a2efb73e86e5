"""“No words after my turn, please”: nobody is offered any, and the place stays where it is."""

import pytest

from community.accounts import queries as accounts_queries
from community.live.rules import reasons as rules
from community.live.rules.events import Knock
from community.live.rules.leading import Remove
from community.live.rules.presses import (
    Accept,
    Acknowledge,
    Finish,
    Leave,
    QuietAfter,
    Reply,
    SetWish,
    WordsAfter,
)
from community.live.rules.room import Ack, Mode, Part, Way, Wish
from community.live.rules.view import seen_by
from tests.live.circle import Circle as Pages
from tests.live.pretend import ANA, BEN, HANA, NOOR, SAM, a_round, ana_speaks, opening

pytestmark = pytest.mark.holds("seed:14", "circle:9")


@pytest.mark.parametrize("ack", Ack)
def test_no_word_reaches_whoever_would_like_none(ack: Ack) -> None:
    circle = ana_speaks().happen(QuietAfter(ANA)).press(Finish, ANA)
    assert circle.refuses(Acknowledge(BEN, ANA, ack)) == rules.QUIET_AFTER
    assert circle.room.echoes == ()


def test_a_line_is_none_of_their_wishes_then_either() -> None:
    circle = ana_speaks().happen(SetWish(ANA, Wish.REFLECTION), QuietAfter(ANA))
    circle.press(Finish, ANA)
    assert circle.refuses(Reply(BEN, ANA)) == rules.QUIET_AFTER


def test_it_is_said_before_a_turn_in_it_or_after_it_and_is_for_one_person() -> None:
    circle = opening().happen(QuietAfter(ANA), WordsAfter(ANA))
    assert not circle.room.person(ANA).quiet_after
    circle = ana_speaks().press(Finish, ANA)
    circle.happen(Acknowledge(BEN, ANA, Ack.THANK_YOU), QuietAfter(ANA))
    assert circle.refuses(Acknowledge(NOOR, ANA, Ack.THANK_YOU)) == rules.QUIET_AFTER
    assert len(seen_by(circle.room, ANA, circle.now).echoes) == 1
    circle.accept(BEN).press(Finish, BEN).happen(Acknowledge(NOOR, BEN, Ack.WITH_YOU))


def test_it_moves_nothing_and_shows_the_others_only_that_they_would_like_none() -> None:
    circle = ana_speaks()
    before = circle.room
    circle.happen(QuietAfter(ANA))
    assert (circle.room.floor, circle.room.queue, circle.room.moved) == (
        before.floor, before.queue, before.moved,
    )  # fmt: skip
    circle.press(Finish, ANA)
    after = seen_by(circle.room, BEN, circle.now).after
    assert after is not None
    assert after.quiet
    assert set(after.acks.values()) == {rules.QUIET_AFTER}
    assert after.reply == rules.QUIET_AFTER


def test_whoever_said_otherwise_here_comes_back_with_that() -> None:
    def knocks(quiet: bool) -> Knock:
        return Knock(SAM, "Sam", Part.MEMBER, Way.VOICE, 40, confirmed=True, quiet_after=quiet)

    circle = a_round().happen(knocks(quiet=True))
    assert circle.room.person(SAM).quiet_after
    circle.happen(WordsAfter(SAM), Leave(SAM), knocks(quiet=True))
    assert not circle.room.person(SAM).quiet_after


def test_whoever_is_sent_out_leaves_no_wish_to_answer() -> None:
    circle = ana_speaks().happen(QuietAfter(ANA)).press(Finish, ANA)
    circle.happen(Remove(HANA, ANA, "Why."))
    assert circle.refuses(Acknowledge(BEN, ANA, Ack.THANK_YOU)) == rules.TURN_IS_PAST


def test_a_new_way_of_a_turn_leaves_it_as_it_was() -> None:
    circle = a_round().happen(QuietAfter(ANA))
    circle.happen(Accept(ANA, circle.room.version, Mode.SILENCE, Wish.IDEAS))
    assert circle.room.person(ANA).quiet_after


# On the page


def in_my_turn(circle: Pages) -> dict[str, object]:
    return next(each for each in circle.board("Ana")["wish"] if each["key"] == "quiet-after")


def begun(circle: Pages) -> None:
    for name in ("Hana", "Ana", "Ben"):
        circle.join(name, "text")
    circle.press("Hana", "admit", person=str(circle.ben.id))
    circle.begin()
    circle.press_as_seen("Ana", "accept", mode="typed")


def test_it_is_chosen_in_comfort_settings_and_the_place_for_words_says_so(circle: Pages) -> None:
    form = {"joins": "text", "speaks": "any", "cue_minutes": "", "quiet_after": "y"}
    assert circle.post("Ana", "/comfort/circles/circles", form).status_code == 302
    with circle.make.app.app_context():
        assert accounts_queries.in_circles(circle.ana.id).quiet_after
    begun(circle)
    assert in_my_turn(circle)["pressed"]
    circle.press_as_seen("Ana", "finish")
    echoes = circle.board("Ben")["echoes"]
    assert (echoes["to"], echoes["acks"], echoes["replies"]) == ("To Ana", [], False)
    assert echoes["hint"] == "Ana would like no words after their turn. Listening was enough."
    page = circle.page("Ben")
    assert "After a turn" in page
    answer = circle.press("Ben", "acknowledge", person=str(circle.ana.id), ack="thank-you")
    assert answer.get_json()["reason"]["code"] == "quiet-after"


def test_it_is_changed_under_all_ways_in_the_middle_of_a_turn(circle: Pages) -> None:
    begun(circle)
    assert in_my_turn(circle)["event"] == "quiet-after"
    assert in_my_turn(circle)["pressed"] is False
    assert circle.press("Ana", "quiet-after").status_code == 200
    assert in_my_turn(circle)["pressed"]
    assert circle.press("Ana", "quiet-after").status_code == 409
    assert circle.press("Ana", "words-after").status_code == 200
    assert circle.press("Hana", "quiet-after").status_code == 409
    circle.press_as_seen("Ana", "finish")
    assert len(circle.board("Ben")["echoes"]["acks"]) == len(Ack)


def test_it_works_without_a_script(circle: Pages) -> None:
    begun(circle)
    page = circle.page("Ana")
    assert "No words after my turn, please" in page
    form = {"event_id": "0190a6e0-0000-7000-8000-00000000000c"}
    circle.post("Ana", f"/circles/{circle.call_id}/events/quiet-after", form)
    assert in_my_turn(circle)["pressed"]
