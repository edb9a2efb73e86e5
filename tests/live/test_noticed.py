"""What whoever types something very hard is shown beside it: them alone, and nothing is kept."""

import pytest
from flask import Flask
from sqlalchemy import func, select
from structlog.testing import capture_logs

from community.core.db import db
from community.live.models import HelpPress, PrivateLine, RoomText
from community.moderation.models import AuditEvent, Report, ReviewItem
from community.notifications.models import Notice
from tests.live.circle import JSON, Circle, ClientFor
from tests.live.lines import Line, in_a_circle
from tests.live.test_after import Over, over
from tests.live.test_rehearsal import Alone
from tests.make import Make
from tests.pages import send, token

__all__ = ["over"]

DARK = "I don’t want to live like this."
DOSE = "I take 20 mg in the morning."
HELP, CALM = "You deserve support now, too", "There’s a dose or a medicine in your words."
CARE, MEDICINE = '<div data-noticed="crisis">', '<div data-noticed="medicine">'


@pytest.fixture
def lines(app: Flask, circle: Circle) -> dict[str, Line]:
    """Hana, Ana and Ben in a circle, each with an open line, and Ana types in her turn."""
    circle.post("Ben", f"/calls/{circle.call_id}/sign-up", {})
    lines = in_a_circle(app, circle, "Hana", "Ana", "Ben")
    lines["Hana"].press("begin-round", seen=circle.board("Hana")["version"])
    lines["Ana"].press(
        "accept", seen=circle.board("Ana")["version"], mode="typed", wish="reflection"
    )
    for line in lines.values():
        line.socket.get_received()
    return lines


@pytest.mark.holds("promise:10", "F:F110")
@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        (DARK, ["crisis"]),
        (DOSE, ["medicine"]),
        (f"{DARK} {DOSE}", ["crisis", "medicine"]),
        ("The rain kept me up.", None),
    ],
)
def test_only_the_answer_to_whoever_typed_it_says_that_it_was_noticed(
    lines: dict[str, Line], words: str, kinds: list[str] | None
) -> None:
    answer = lines["Ana"].press("say", words=words)
    assert answer["ok"]
    assert answer.get("noticed") == kinds
    assert "noticed" not in answer["board"]
    for name in ("Hana", "Ben", "Ana"):
        heard = lines[name].socket.get_received()
        assert heard, "the words are there at once"
        assert any(words in str(each) for each in heard)
        for said in ("noticed", HELP, CALM):
            assert said not in str(heard)


@pytest.mark.holds("promise:10")
def test_it_is_said_and_not_kept(app: Flask, lines: dict[str, Line]) -> None:
    def rows() -> dict[str, int]:
        with app.app_context():
            models = (RoomText, PrivateLine, HelpPress, ReviewItem, Report, AuditEvent, Notice)
            counts = {each.__name__: select(func.count()).select_from(each) for each in models}
            return {name: db.session.scalars(count).one() for name, count in counts.items()}

    before = rows()
    with capture_logs() as logged:
        assert lines["Ana"].press("say", words=DARK)["noticed"] == ["crisis"]
    after = rows()
    assert after.pop("RoomText") == before.pop("RoomText") + 1
    assert after == before
    assert logged == []


def test_a_line_to_facilitators_brings_help_and_no_reminder(lines: dict[str, Line]) -> None:
    assert lines["Ben"].press("tell", words=f"{DARK} {DOSE}")["noticed"] == ["crisis"]
    assert "noticed" not in lines["Ben"].press("tell", words=DOSE)
    assert "noticed" not in str(lines["Hana"].socket.get_received())


def test_a_line_to_whoever_had_the_turn_does_too(circle: Circle, lines: dict[str, Line]) -> None:
    lines["Ana"].press("finish", seen=circle.board("Ana")["version"])
    to = str(circle.ana.id)
    answer = lines["Ben"].press("reply", person=to, words=f"{DARK} {DOSE}")
    assert answer["noticed"] == ["crisis", "medicine"]
    assert "noticed" not in str(lines["Ana"].socket.get_received())


def test_what_is_refused_is_answered_with_its_reason_alone(lines: dict[str, Line]) -> None:
    answer = lines["Ben"].press("say", words=DARK)
    assert not answer["ok"]
    assert "noticed" not in answer


def test_without_script_it_stands_on_their_next_page_once(
    circle: Circle, lines: dict[str, Line]
) -> None:
    where, browser = f"/circles/{circle.call_id}", circle.browsers["Ana"]
    assert CARE not in browser.get(where).text
    sent = send(
        browser,
        where,
        f"{where}/events/say",
        event_id="0190f5a0-0000-7000-8000-000000000001",
        words=f"{DARK} {DOSE}",
    )
    page = browser.get(sent.headers["Location"]).text
    assert CARE in page
    assert MEDICINE in page
    assert 'id="line" data-eyes hidden' in page
    assert CARE not in browser.get(where).text
    assert CARE not in circle.browsers["Ben"].get(where).text


def test_in_a_rehearsal_too(client_for: ClientFor, make: Make) -> None:
    alone = Alone(client_for(make.member("Ana")), "way=text")
    alone.until_my_turn()
    alone.floor("accept", mode="typed")
    assert alone.post("say", words=DARK).get_json()["noticed"] == ["crisis"]


def test_beside_a_share_that_is_prepared(circle: Circle) -> None:
    page, ana = f"/calls/{circle.call_id}/share", circle.browsers["Ana"]
    assert CARE not in ana.get(page).text
    kept = ana.post(
        page,
        data={"words": f"{DARK} {DOSE}", "how": "show", "csrf_token": token(ana)},
        headers=JSON,
    )
    assert kept.get_json()["noticed"] == ["crisis", "medicine"]
    shown = ana.get(page).text
    assert CARE in shown
    assert MEDICINE in shown


def test_after_a_circle_it_stands_above_the_thanks(over: Over) -> None:
    sent = over.send("Ana", "after-line", line=DARK)
    assert HELP in over.browsers["Ana"].get(sent.headers["Location"]).text
    assert HELP not in over.go("Ana").text
    assert HELP not in over.go("Hana").text
