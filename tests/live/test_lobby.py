"""The lobby: what somebody knows, can try and chooses before they come in."""

from datetime import timedelta

import pytest

from community.accounts import actions as accounts_actions
from community.calls.actions import seating
from community.calls.models import Call
from community.calls.rules.call import FORMATS, Format
from community.core.db import db
from community.core.ports import Ports
from tests.conftest import Cost
from tests.live.circle import Circle


def lobby(circle: Circle, name: str = "Ana") -> str:
    return circle.browsers[name].get(f"/calls/{circle.call_id}/lobby").text


@pytest.mark.holds("F:F37", "F:F32", "seed:2")
def test_it_says_what_is_to_come_before_the_button_to_join(circle: Circle) -> None:
    before, _, _ = lobby(circle).partition("Join now")
    for said in (
        "Hana facilitates. Up to 8 people come.",
        "About 45 minutes",
        "We finish by",
        "What happens, in order",
        "Hana reads the guidelines aloud",
        "Nothing counts down",
        "Everyone is thanked",
        "Cameras are off. Nothing is recorded, and no written record is kept.",
    ):
        assert said in before, said


@pytest.mark.holds("F:F34", "F:F35")
def test_the_three_ways_are_choices_of_one_kind_and_the_usual_one_is_chosen(
    circle: Circle,
) -> None:
    assert [way for way in ("voice", "text", "listen") if _is_chosen(lobby(circle), way)] == [
        "voice"
    ]
    circle.post("Ana", "/comfort/today", {"need": "resting-voice", "back": ""})
    page = lobby(circle)
    assert [way for way in ("voice", "text", "listen") if _is_chosen(page, way)] == ["text"]
    assert "Resting voice is on." in page


def test_for_whoever_signed_up_to_listen_that_is_chosen_and_the_others_can_be(
    circle: Circle,
) -> None:
    ana = circle.ana
    circle.make.gave_up(circle.call_id, ana)
    circle.make.done(
        lambda: seating.sign_up(ana, circle.call_id, listens=True, now=circle.clock.now())
    )
    page = lobby(circle)
    assert _chosen(page) == ["listen"]


def _is_chosen(page: str, way: str) -> bool:
    _, _, radio = page.rpartition(f'value="{way}"')
    label, _, _ = page.partition(f'value="{way}"')
    tag = label[label.rindex("<input") :] + radio[: radio.index(">")]
    assert 'type="radio"' in tag
    return "checked" in tag


def test_early_or_late_is_chosen_here_for_today(circle: Circle) -> None:
    assert "When would you like your turn?" not in lobby(circle, "Hana")
    assert _is_chosen(lobby(circle), "any")
    circle.post("Ana", f"/calls/{circle.call_id}/lobby", {"way": "voice", "spot": "late"})
    circle.join("Hana")
    pressed = {each["text"]: each["pressed"] for each in circle.board("Ana")["more"]}
    assert pressed["My turn late"]
    circle.press("Ana", "set-spot", spot="early")
    circle.press("Ana", "leave")
    assert _is_chosen(lobby(circle), "early")  # as they left it, whenever they come back
    answer = circle.post("Ana", f"/calls/{circle.call_id}/lobby", {"way": "voice", "spot": "now"})
    assert answer.status_code == 422


def test_what_few_choose_is_folded_and_open_for_whoever_has_chosen_it(circle: Circle) -> None:
    assert not _is_open(lobby(circle), "When you’d like your turn, or if you interpret")
    circle.post("Ana", f"/calls/{circle.call_id}/lobby", {"way": "voice", "spot": "late"})
    circle.join("Hana")
    circle.press("Ana", "leave")
    assert _is_open(lobby(circle), "When you’d like your turn, or if you interpret")


def _is_open(page: str, words: str) -> bool:
    """The part that goes by these words can be seen without a press."""
    at = page.rindex("<details", 0, page.index(words))
    return "open" in page[at : page.index(">", at)]


def _chosen(page: str) -> list[str]:
    return [way for way in ("voice", "text", "listen") if _is_chosen(page, way)]


def _shows_card(page: str) -> bool:
    at = page.index('name="shows_card"')
    return "checked" in page[page.rindex("<input", 0, at) : page.index(">", at)]


def test_whoever_comes_back_finds_it_as_they_left_the_circle(circle: Circle) -> None:
    """Unless they have said since what they need today."""
    circle.make.done(lambda: accounts_actions.keep_card(circle.ana, "Please wait."))
    assert _shows_card(lobby(circle))
    circle.join("Hana")
    circle.join("Ana", way="text")
    circle.press("Ana", "hide-card")
    circle.press("Ana", "leave")
    page = lobby(circle)
    assert _chosen(page) == ["text"]
    assert not _shows_card(page)
    circle.post("Ana", "/comfort/today", {"need": "low-energy", "back": ""})
    assert _chosen(lobby(circle)) == ["listen"]


@pytest.mark.holds("seed:7")
def test_a_card_is_written_and_changed_here(circle: Circle) -> None:
    page = lobby(circle)
    assert "You have none, and need none." in page
    assert "Write my card" in page
    assert "Show my card" not in page
    here = f"/calls/{circle.call_id}/lobby"
    answer = circle.post("Ana", f"{here}/card", {"own_words": "Please wait."})
    assert answer.headers["Location"] == f"{here}#card"
    page = lobby(circle)
    assert "“Please wait.”" in page
    assert "Change my card" in page
    assert _shows_card(page)
    assert "Please wait.</textarea>" in page


@pytest.mark.holds("seed:7")
def test_a_card_that_is_too_long_is_answered_here_with_what_was_typed(circle: Circle) -> None:
    """What was chosen for joining is as it was, and so is the card until it is short enough."""
    circle.make.done(lambda: accounts_actions.keep_card(circle.ana, "Please wait."))
    circle.join("Hana")
    circle.join("Ana", way="text")
    circle.press("Ana", "leave")
    words = "Please wait for me. " * 40
    answer = circle.post("Ana", f"/calls/{circle.call_id}/lobby/card", {"own_words": words})
    assert answer.status_code == 422
    page = answer.text
    assert "There is a problem" in page
    assert '<a href="#own_words">' in page
    assert f"{words.strip()}</textarea>" in page
    fold = page[: page.index("Change my card")].rindex("<details")
    assert page[fold : page.index(">", fold)].endswith(" open")
    assert _chosen(page) == ["text"]
    assert _shows_card(page)
    assert "microphone=(self)" in answer.headers["Permissions-Policy"]
    assert "“Please wait.”" in lobby(circle)
    stranger = circle.post("Stranger", f"/calls/{circle.call_id}/lobby/card", {"own_words": "Hi."})
    assert stranger.status_code == 404


@pytest.mark.parametrize(
    ("format", "words", "way"),
    [
        (Format.ANY, "", "voice"),
        (Format.TYPED, "Typed turns first. Nobody needs to speak.", "text"),
        (Format.BY_EAR, "Led by ear. Nothing to look at.", "voice"),
    ],
)
def test_how_people_take_part_is_said_and_where_typed_turns_come_first_they_are_chosen(
    circle: Circle, format: Format, words: str, way: str
) -> None:
    def becomes_one() -> None:
        db.session.get_one(Call, circle.call_id).format = format

    circle.make.done(becomes_one)
    said = [each for each in FORMATS.values() if each in lobby(circle)]
    assert [f"{each}." for each in said] == [words][: len(words)]
    assert (_chosen(lobby(circle)), _chosen(lobby(circle, "Hana"))) == ([way], ["voice"])
    circle.post("Ana", "/comfort/today", {"need": "low-energy", "back": ""})
    assert _chosen(lobby(circle)) == ["listen"]


@pytest.mark.holds("raur:15a")
def test_captions_are_chosen_here_and_stay_chosen(circle: Circle) -> None:
    circle.post("Ana", f"/calls/{circle.call_id}/lobby", {"way": "text", "captions": "y"})
    captions = lobby(circle).partition('name="captions"')
    assert "checked" in captions[0][-80:] + captions[2][:80]


def test_more_people_cost_no_more_queries(circle: Circle, cost: Cost) -> None:
    circle.join("Hana")
    lobby(circle)
    cost.statements.clear()
    lobby(circle)
    few = int(cost)
    circle.join("Ana")
    for name in ("Cleo", "Dan"):
        person = circle.make.member(name)
        circle.make.joined(circle.group, person, circle.hana)
        circle.make.signed_up(circle.call_id, circle.make.actor(person))
    cost.statements.clear()
    lobby(circle)
    assert int(cost) == few


def test_names_of_those_to_come_are_for_people_of_this_circle(circle: Circle) -> None:
    circle.join("Hana")
    assert "not here yet" in lobby(circle, "Ana")
    assert "not here yet" not in lobby(circle, "Ben")
    assert "Who’s here now?" in lobby(circle, "Ben")


@pytest.mark.holds("moderation:21")
def test_whoever_keeps_apart_is_counted_and_not_named(circle: Circle) -> None:
    """Neither of the two, on the page of either, here or not yet; to whoever leads, everybody."""
    circle.make.signed_up(circle.call_id, circle.ben)
    circle.join("Hana")
    for keeps, other in ((circle.ana, circle.ben), (circle.ana, circle.hana)):
        circle.make.kept_apart(keeps, other)
    for name, other in (("Ana", "Ben"), ("Ben", "Ana")):
        page = lobby(circle, name)
        assert f"<p>{other}<br>" not in page
        assert "And one more person." in page
        assert "<strong>Hana</strong>, facilitator" in page
    circle.join("Ben")
    assert "Ben" not in lobby(circle)
    assert "And one more person." in lobby(circle)
    assert "<strong>Ben</strong>" in lobby(circle, "Hana")
    assert "one more person" not in lobby(circle, "Hana")


def test_whoever_has_no_seat_is_told_kindly_how_it_goes(circle: Circle) -> None:
    assert "You have no seat in this call. You can come to the door" in lobby(circle, "Ben")
    assert "You have no seat" not in lobby(circle, "Ana")


def test_whoever_waits_in_line_or_stands_by_keeps_their_place(circle: Circle) -> None:
    make = circle.make
    dan = make.member("Dan")
    make.joined(circle.group, dan, circle.hana)
    circle.call_id = make.call(
        circle.group,
        circle.hana,
        starts_in=timedelta(minutes=5),
        seats=2,
        seated=[circle.ana, make.actor(dan)],
        waiting=[circle.ben],
    )
    assert "You’re in line for a seat" in lobby(circle, "Ben")
    circle.post("Ben", f"/calls/{circle.call_id}/stand-by", {})
    assert "You’re standing by" in lobby(circle, "Ben")


def test_facilitators_come_earlier_and_are_told_what_for(circle: Circle) -> None:
    later = circle.make.call(circle.group, circle.hana, starts_in=timedelta(minutes=25))
    page = circle.browsers["Hana"].get(f"/calls/{later}/lobby").text
    assert "Join now" in page
    assert "Until then it’s only whoever facilitates" in page
    assert "You open the circle at" in page
    assert "Prepare a share" not in page


@pytest.mark.parametrize(
    ("relayed", "words"),
    [
        (False, "the others’ computers could learn your network address"),
        (True, "the others’ computers don’t learn your network address"),
    ],
)
def test_it_says_what_others_could_learn_about_the_network(
    circle: Circle, ports: Ports, relayed: bool, words: str
) -> None:
    ports.media.relay_only = relayed
    assert words in lobby(circle)


def test_the_microphone_needs_https_and_without_scripts_one_types(circle: Circle) -> None:
    page = lobby(circle)
    assert "Your browser runs no scripts here" in page.partition("<noscript>")[2]
    assert "This page wasn’t opened by https" in page


def test_it_leads_to_the_rehearsal_and_to_a_prepared_share(circle: Circle) -> None:
    page = lobby(circle)
    assert f"/circles/rehearsal?lobby={circle.call_id}" in page
    assert f"/calls/{circle.call_id}/share" in page
