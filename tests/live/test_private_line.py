"""A line to the facilitators, and a call for help: for them, and for nobody else."""

from datetime import timedelta
from random import Random
from uuid import uuid4

import pytest
from flask import Flask

from community.core.db import db
from community.core.sockets import PRESSES
from community.live import actions, queries
from community.live.models import HelpPress, PrivateLine
from community.live.page.board import board_for
from community.live.queries import Said, Texts
from community.live.rules import reasons as rules
from community.live.rules.events import Lost
from community.live.rules.leading import Opened, Remove
from community.live.rules.may import may_watch
from community.live.rules.presses import Help, Leave, Say, Slower, Tell
from community.live.rules.room import AskKind
from community.live.rules.view import seen_by
from community.live.rules.wire import LONGEST_WORDS
from tests.live.anything import OTHER, TURN, an_evening
from tests.live.circle import Circle as Seats
from tests.live.lines import Line
from tests.live.pretend import (
    ANA,
    BEN,
    HANA,
    KENJI,
    LEE,
    NAMES,
    NOW,
    SAM,
    Circle,
    ana_speaks,
    knock,
    opening,
)

WORDS = "Somebody gave advice, and I froze."


# Pure


@pytest.mark.holds("circle:9", "promise:10")
def test_nobody_but_whoever_asked_and_the_facilitators_knows_of_it() -> None:
    circle = opening().happen(Tell(ANA), Help(LEE))
    assert {name: len(seen_by(circle.room, who, NOW).asks) for who, name in NAMES.items()
            if circle.room.find(who)} == {
        "Hana": 2, "Kenji": 2, "Ana": 1, "Ben": 0, "Noor": 0, "Lee": 1,
    }  # fmt: skip


def test_a_facilitator_opens_it_and_whoever_asked_sees_that() -> None:
    circle = opening().happen(Tell(ANA))
    number = circle.room.version
    assert circle.refuses(Opened(BEN, number)) == rules.FACILITATORS_ONLY
    assert circle.refuses(Opened(HANA, number + 1)) == rules.NO_SUCH_ASK
    assert not seen_by(circle.room, ANA, NOW).asks[0].opened
    circle.happen(Opened(KENJI, number))
    assert seen_by(circle.room, ANA, NOW).asks[0].opened
    assert circle.refuses(Opened(HANA, number)) == rules.NO_SUCH_ASK


def test_after_thirty_seconds_whoever_asked_is_told_that_nobody_has_opened_it() -> None:
    circle = opening().happen(Tell(ANA))
    told_at = NOW + timedelta(seconds=30)
    assert seen_by(circle.room, ANA, NOW).ask_again_at == told_at
    assert not seen_by(circle.room, ANA, NOW).asks[0].unanswered
    assert seen_by(circle.room, ANA, told_at).asks[0].unanswered


def test_with_no_facilitator_connected_they_are_told_at_once() -> None:
    circle = opening().happen(Lost(HANA), Leave(KENJI), Help(ANA))
    assert seen_by(circle.room, ANA, NOW).asks[0].unanswered


def test_help_is_asked_for_once_until_it_is_heard() -> None:
    circle = opening().happen(Help(ANA))
    assert circle.refuses(Help(ANA)) == rules.ASKED_ALREADY
    circle.happen(Opened(HANA, circle.room.version), Help(ANA))
    assert [ask.kind for ask in circle.room.asks] == [AskKind.HELP] * 2


@pytest.mark.holds("seed:16", "circle:9")
def test_slower_is_asked_for_in_one_press_and_only_the_facilitators_know() -> None:
    circle = opening().happen(Slower(ANA))
    assert circle.refuses(Slower(ANA)) == rules.ASKED_ALREADY
    circle.happen(Help(ANA))
    assert [ask.kind for ask in seen_by(circle.room, HANA, NOW).asks] == [
        AskKind.SLOW,
        AskKind.HELP,
    ]
    assert not seen_by(circle.room, BEN, NOW).asks
    circle.happen(Opened(HANA, circle.room.asks[0].number), Slower(ANA))


def test_twenty_lines_can_wait_to_be_opened_and_help_never_has_to() -> None:
    circle = opening().happen(*[Tell(ANA)] * 20)
    assert circle.refuses(Tell(ANA)) == rules.MANY_LINES
    circle.happen(Tell(BEN), Help(ANA))


def test_whoever_is_removed_takes_what_they_asked_with_them() -> None:
    circle = opening().happen(Tell(ANA), Help(BEN), Remove(HANA, ANA, "Why."))
    assert [ask.person for ask in circle.room.asks] == [BEN]


def test_whoever_waits_outside_cannot_ask_and_whoever_leads_says_themselves_to_go_slower() -> None:
    circle = opening().happen(knock(SAM, confirmed=False))
    for event in (Tell, Help, Slower):
        assert circle.refuses(event(SAM)) == rules.WAITING
    assert circle.refuses(Slower(HANA)) == rules.FOR_MEMBERS


@pytest.mark.holds("circle:9")
def test_a_facilitator_writes_to_the_other_and_cannot_open_their_own() -> None:
    circle = opening().happen(Tell(KENJI), Help(KENJI))
    line, call = (each.number for each in circle.room.asks)
    assert circle.refuses(Opened(KENJI, line)) == rules.NO_SUCH_ASK
    assert [ask.is_mine for ask in seen_by(circle.room, KENJI, NOW).asks] == [True, True]
    assert not seen_by(circle.room, ANA, NOW).asks
    assert not seen_by(circle.room, KENJI, NOW).asks[1].unanswered
    circle.happen(Opened(HANA, line), Opened(HANA, call))
    assert all(ask.opened for ask in seen_by(circle.room, KENJI, NOW).asks)


def test_whoever_leads_alone_has_nobody_to_write_to_and_calls_for_help_outside() -> None:
    circle = opening().happen(Leave(KENJI))
    assert circle.refuses(Tell(HANA)) == rules.LEADS_ALONE
    assert seen_by(circle.happen(Help(HANA)).room, HANA, NOW).asks[0].unanswered


@pytest.mark.holds("circle:9", "promise:10")
@pytest.mark.parametrize("evening", range(8))
def test_in_any_circle_nobodys_board_holds_private_words_of_anybody_else(
    application: Flask, evening: int
) -> None:
    """Whatever has happened: each line is known by a word that stands nowhere else."""
    circle, chance = ana_speaks(), Random(evening)
    said: dict[int, str] = {}
    shown: list[Said] = []
    with application.test_request_context():
        for event in an_evening(circle, chance, (Tell, Help, *TURN, *OTHER)):
            if isinstance(event, Tell):
                said[circle.room.version] = f"heron-{circle.room.version}-"
            if isinstance(event, Say):
                shown.append(Said(uuid4(), event.by, "for everybody"))
            for viewer in NAMES:
                if may_watch(circle.room, viewer):
                    self_or_lead(circle, viewer, said, shown)


def self_or_lead(circle: Circle, viewer: object, said: dict[int, str], shown: list[Said]) -> None:
    drawn = str(board_for(circle.room, Texts(shown, said), viewer, circle.now).fields)
    me = circle.room.find(viewer)
    leads = me is not None and me.facilitates
    kept = {ask.number for ask in circle.room.asks if ask.person != viewer}
    assert {number for number, words in said.items() if words in drawn} == (
        kept & said.keys() if leads else set()
    )


# By plain HTTP and by socket


@pytest.mark.holds("raur:11b", "raur:16a")
def test_a_line_is_on_the_facilitators_desk_with_the_answer_and_on_nobody_elses_page(
    circle: Seats, lines: dict[str, Line]
) -> None:
    mine = lines["Ana"].press("tell", words=WORDS)["board"]
    assert mine["asked"] == {
        "text": "The facilitators have it. Nobody else can see it.",
        "in_vain": False,
    }
    heard = lines["Hana"].received("board")[-1]
    assert heard["private"][0]["text"] == f"“{WORDS}”"
    assert "Ana wrote to you." in heard["note"]
    assert WORDS not in str(lines["Ben"].received("board"))
    control = heard["private"][0]["controls"][0]
    lines["Hana"].press(control["event"], **control["fields"])
    opened = lines["Ana"].received("board")[-1]
    assert opened["asked"]["text"] == "A facilitator has opened it."


def test_help_that_whoever_leads_alone_calls_for_is_the_moderators(
    app: Flask, circle: Seats, lines: dict[str, Line]
) -> None:
    assert lines["Hana"].press("tell", words=WORDS)["reason"]["code"] == "leads-alone"
    keys = {each["key"] for each in lines["Hana"].ask("enter-circle")["board"]["more"]}
    assert keys == {"help"}
    board = lines["Hana"].press("help")["board"]
    assert board["asked"] == {
        "text": "Nobody has opened it yet. If you need somebody now, don’t wait for us.",
        "in_vain": True,
    }
    assert board["more"] == []
    assert [found.account_id for found in unanswered(app, circle)] == [circle.hana.id]


@pytest.mark.holds("seed:16")
def test_a_facilitator_reads_who_would_like_it_slower_and_what_to_do(
    circle: Seats, lines: dict[str, Line]
) -> None:
    mine = lines["Ana"].press("slower")["board"]
    assert mine["asked"]["text"] == "The facilitators have it. Nobody else can see it."
    assert "slower" not in {each["key"] for each in mine["more"]}
    heard = lines["Hana"].received("board")[-1]
    assert heard["private"][0]["text"] == "would like it slower"
    assert heard["tells"]["asks"] == "Ana would like it slower."
    assert heard["leading"]["card"]["keep"][0].startswith("Somebody would like it slower")
    assert "slower" in [each["key"] for each in lines["Ben"].received("board")[-1]["more"]]
    control = heard["private"][0]["controls"][0]
    lines["Hana"].press(control["event"], **control["fields"])
    assert "slower" in {each["key"] for each in lines["Ana"].received("board")[-1]["more"]}
    after = lines["Hana"].received("board")[-1]["leading"]["card"]["keep"]
    assert not any(words.startswith("Somebody would like it slower") for words in after)


@pytest.mark.holds("raur:16a", "circle:R5")
def test_it_works_the_same_without_a_socket(circle: Seats) -> None:
    for name in ("Hana", "Ana"):
        circle.join(name)
    circle.press("Hana", "start")
    assert circle.press("Ana", "tell", words=WORDS).status_code == 200
    board = circle.board("Hana")
    assert board["asks_every"] < 2  # so that it is there in two seconds
    assert circle.board("Ana")["asks_every"] == 15
    assert board["private"][0]["text"] == f"“{WORDS}”"
    path = f"/circles/{circle.call_id}/events"
    number = str(board["private"][0]["controls"][0]["fields"]["number"])
    for event, fields in (("opened", {"number": number}), ("help", {})):
        who = "Hana" if event == "opened" else "Ana"
        answer = circle.post(who, f"{path}/{event}", {"event_id": str(uuid4()), **fields})
        assert answer.status_code == 302
    assert circle.board("Hana")["private"][-1]["text"] == "needs a facilitator"
    page = circle.page("Ana")
    assert "The facilitators have it" in page


@pytest.mark.holds("raur:11b")
def test_whoever_is_not_heard_is_told_so_with_help_beside_it(circle: Seats) -> None:
    for name in ("Hana", "Ana"):
        circle.join(name)
    circle.press("Ana", "help")
    assert circle.board("Ana")["ask_again_in"] == 30
    circle.clock.pass_by(seconds=30)
    board = circle.board("Ana")
    assert board["asked"]["in_vain"]
    page = circle.page("Ana")
    assert "No facilitator has opened it yet" in page


@pytest.mark.holds("asvs:35")
def test_a_press_for_help_is_taken_after_a_flood(circle: Seats, lines: dict[str, Line]) -> None:
    for _ in range(PRESSES.burst + 1):
        lines["Ana"].press("mic-off")
    assert lines["Ana"].press("mic-off")["reason"]["code"] == "slow-down"
    assert lines["Ana"].press("help")["ok"]


@pytest.mark.parametrize("words", ["", "  ", "x" * (LONGEST_WORDS + 1), None, 7])
def test_words_that_cannot_be_taken_are_refused(circle: Seats, words: object) -> None:
    for name in ("Hana", "Ana"):
        circle.join(name)
    assert circle.press("Ana", "tell", words=words).status_code == 422
    assert circle.board("Hana")["private"] == []


@pytest.mark.holds("circle:6")
def test_a_line_that_arrives_twice_is_there_once(app: Flask, circle: Seats) -> None:
    for name in ("Hana", "Ana"):
        circle.join(name)
    once = str(uuid4())
    first = circle.press("Ana", "tell", words=WORDS, event_id=once).get_json()
    assert circle.press("Ana", "tell", words=WORDS, event_id=once).get_json() == first
    with app.app_context():
        assert db.session.query(PrivateLine).count() == 1


@pytest.mark.holds("circle:13")
def test_it_is_erased_with_the_circle(app: Flask, circle: Seats) -> None:
    for name in ("Hana", "Ana"):
        circle.join(name)
    circle.press("Ana", "tell", words=WORDS)
    circle.press("Hana", "end")
    with app.app_context():
        assert db.session.query(PrivateLine).count() == 0


# Help that nobody answers is the moderators’


def unanswered(app: Flask, circle: Seats) -> list[queries.Unanswered]:
    with app.app_context():
        return queries.unanswered_help(circle.clock.now())


def test_help_that_nobody_opens_in_time_is_told_to_whoever_asks_and_only_the_fact(
    app: Flask, circle: Seats
) -> None:
    for name in ("Hana", "Ana"):
        circle.join(name)
    pressed_at = circle.clock.now()
    circle.press("Ana", "help")
    assert unanswered(app, circle) == []
    circle.clock.pass_by(seconds=30)
    [found] = unanswered(app, circle)
    assert (found.call_id, found.account_id, found.pressed_at) == (
        circle.call_id,
        circle.ana.id,
        pressed_at,
    )
    number = circle.board("Hana")["private"][0]["controls"][0]["fields"]["number"]
    circle.press("Hana", "opened", number=number)
    assert unanswered(app, circle) == []


def test_help_that_nobody_answered_outlives_its_circle_until_the_moderators_have_it(
    app: Flask, circle: Seats
) -> None:
    for name in ("Hana", "Ana"):
        circle.join(name)
    circle.press("Ana", "help")
    circle.press("Hana", "end")
    [found] = unanswered(app, circle)
    circle.make.done(lambda: actions.help_is_known(found.id))
    with app.app_context():
        assert db.session.query(HelpPress).count() == 0
