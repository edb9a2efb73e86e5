"""Whoever was sent out of a circle reads why, and somebody who wasn’t there looks at it again."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from community.core.db import db
from community.core.deeds import ROLES_CHANGED
from community.moderation import jobs
from community.moderation.models import AuditEvent, Decision, DecisionWords, ReviewItem
from community.moderation.rules.case import APPEAL, Outcome, Source
from community.moderation.rules.reasons import Scope
from community.moderation.sent_out.models import SentOut
from tests.conftest import Cost
from tests.live.circle import JSON
from tests.live.lines import Line, in_a_circle
from tests.moderation.typed import TypedCircle
from tests.pages import plain, send, send_as_seen

WHY = "Gave a heronz of advice again, after two requests."
Letters = Callable[[], list[tuple[str, str]]]
ANSWER = {"result": "upheld", "answer": "A word would have been enough."}


@pytest.fixture
def lines(app: Flask, circle: TypedCircle) -> dict[str, Line]:
    """Hana holds it, Ana and Ben are in."""
    circle.post("Ben", f"/calls/{circle.call_id}/sign-up", {})
    return in_a_circle(app, circle, "Hana", "Ana", "Ben")


HOW = pytest.mark.parametrize("how", ["remove", "ban"])


def send_out(circle: TypedCircle, how: str = "remove") -> None:
    assert circle.press("Hana", how, person=str(circle.ana.id), why=WHY).status_code == 200


def page_of(circle: TypedCircle) -> str:
    return f"/circles/{circle.call_id}/sent-out"


def asked(circle: TypedCircle) -> None:
    """Another look, from the page that the letter leads to."""
    browser = circle.browsers["Ana"]
    [way] = re.findall(r'href="(/decisions/[^"]+/another-look)"', browser.get(page_of(circle)).text)
    assert WHY in plain(browser.get(way))
    assert send(browser, way, words="I had asked whether it was welcome.").status_code == 302


def to_answer(circle: TypedCircle, name: str) -> list[str]:
    found = circle.browsers[name].get("/moderation").text
    return re.findall(r'href="(/moderation/appeals/[^"]+)"', found)


def acts(circle: TypedCircle) -> list[tuple[str, str, str]]:
    query = select(AuditEvent.action, AuditEvent.before, AuditEvent.after).order_by(AuditEvent.id)
    query = query.where(AuditEvent.action != ROLES_CHANGED)
    return [tuple(row) for row in circle.make.done(lambda: db.session.execute(query).all())]


def decisions(circle: TypedCircle) -> list[Any]:
    query = select(*Decision.__table__.columns, DecisionWords.why).join(DecisionWords)
    query = query.order_by(Decision.id)
    return list(circle.make.done(lambda: db.session.execute(query).all()))


def told_ana(letters: Letters) -> list[str]:
    """What Ana was told of it."""
    about = {"out_of_circle", "appeal_answered"}
    return [kind for name, kind in letters() if name == "Ana" and kind in about]


@HOW
@pytest.mark.holds("promise:8", "moderation:6")
def test_it_is_a_decision_with_its_reason_its_record_and_a_letter(
    circle: TypedCircle, lines: dict[str, Line], letters: Letters, how: str
) -> None:
    send_out(circle, how)
    [made] = decisions(circle)
    assert (made.outcome, made.source, made.scope) == (Outcome.OUT, Source.CIRCLE, Scope.GROUP)
    assert (made.author_id, made.decided_by) == (circle.ana.id, circle.hana.id)
    assert made.appealable_until == circle.clock.now() + APPEAL
    assert "heronz" not in made.why
    assert acts(circle) == [("out", "connected", "removed" if how == "remove" else "banned")]
    assert told_ana(letters) == ["out_of_circle"]
    assert "ended your place in a circle" in circle.browsers["Ana"].get("/news").text


@HOW
@pytest.mark.holds("promise:8", "moderation:6")
def test_they_read_why_by_what_until_when_and_how_to_answer_it(
    circle: TypedCircle, lines: dict[str, Line], how: str
) -> None:
    send_out(circle, how)
    page = plain(circle.browsers["Ana"].get(page_of(circle)))
    until = circle.clock.now() + APPEAL
    assert WHY in page
    for words in (
        "you can’t come in. That ends with it",
        "What we ask of facilitators",
        "A person who held that circle. No program decided.",
        f"{until.day} {until:%B %Y}",
        "Somebody who wasn’t in that circle will look again.",
    ):
        assert words in page, words
    assert "Hana" not in page
    circle.end()
    assert "This is over." in plain(circle.browsers["Ana"].get(page_of(circle)))


@pytest.mark.holds("moderation:11")
@pytest.mark.parametrize("name", ["Hana", "Ben", "Stranger", "Mori", "Pat"])
def test_nobody_else_reads_that_page(
    circle: TypedCircle, lines: dict[str, Line], name: str
) -> None:
    send_out(circle)
    assert circle.browsers[name].get(page_of(circle)).status_code == 404


def test_nobody_who_was_not_sent_out_has_such_a_page(
    circle: TypedCircle, lines: dict[str, Line]
) -> None:
    assert circle.browsers["Ana"].get(page_of(circle)).status_code == 404


@HOW
def test_every_closed_door_leads_to_it(
    circle: TypedCircle, lines: dict[str, Line], how: str
) -> None:
    assert 'id="decided" hidden' in circle.browsers["Ana"].get(f"/circles/{circle.call_id}").text
    send_out(circle, how)
    [told] = lines["Ana"].received("removed")
    assert told["decided"]
    assert WHY in told["why"]
    way = f'href="{page_of(circle)}"'
    closed = circle.browsers["Ana"].get(f"/circles/{circle.call_id}")
    assert closed.status_code == 403
    assert way in closed.text
    joining = circle.post("Ana", f"/calls/{circle.call_id}/lobby", {"way": "voice"})
    assert joining.status_code == 403
    assert way in joining.text


@HOW
@pytest.mark.holds("promise:8", "moderation:9")
def test_somebody_who_was_not_there_looks_again_and_they_come_in(
    circle: TypedCircle, lines: dict[str, Line], letters: Letters, how: str
) -> None:
    send_out(circle, how)
    asked(circle)
    for name in ("Hana", "Ben", "Pat"):
        assert to_answer(circle, name) == []
    [way] = to_answer(circle, "Mori")
    read = plain(circle.browsers["Mori"].get(way))
    assert WHY in read
    assert "whoever held it ended while it was on" in read
    assert "They’re right in part" not in read
    assert send_as_seen(circle.browsers["Mori"], way, **ANSWER).status_code == 302
    assert told_ana(letters) == ["out_of_circle", "appeal_answered"]
    page = plain(circle.browsers["Ana"].get(page_of(circle)))
    assert "you were right" in page
    assert ANSWER["answer"] in page
    assert "This is over." in page
    circle.join("Ana")
    assert circle.board("Ana")["is_in"]
    made, again = decisions(circle)
    assert (again.supersedes_id, again.outcome) == (made.id, Outcome.KEEP)


@pytest.mark.holds("moderation:9")
def test_rejected_they_stay_out_of_that_circle(circle: TypedCircle, lines: dict[str, Line]) -> None:
    send_out(circle)
    asked(circle)
    [way] = to_answer(circle, "Mori")
    answer = {"result": "rejected", "answer": "It stands."}
    assert send_as_seen(circle.browsers["Mori"], way, **answer).status_code == 302
    state = circle.browsers["Ana"].get(f"/circles/{circle.call_id}/state", headers=JSON)
    assert state.get_json()["reason"]["code"] == "removed"


@pytest.mark.holds("moderation:9")
def test_whoever_was_in_the_circle_does_not_look_again(
    app: Flask, circle: TypedCircle, lines: dict[str, Line]
) -> None:
    circle.post("Mori", f"/calls/{circle.call_id}/sign-up", {})
    circle.join("Mori")
    circle.press("Hana", "admit", person=str(circle.mori.id))
    assert circle.board("Mori")["is_in"]
    send_out(circle)
    circle.end()
    asked(circle)
    assert to_answer(circle, "Mori") == []
    assert len(to_answer(circle, "Marta")) == 1


def test_after_the_circle_being_right_changes_the_record_only(
    circle: TypedCircle, lines: dict[str, Line]
) -> None:
    send_out(circle)
    circle.end()
    asked(circle)
    [way] = to_answer(circle, "Marta")
    assert send_as_seen(circle.browsers["Marta"], way, **ANSWER).status_code == 302
    assert "you were right" in plain(circle.browsers["Ana"].get(page_of(circle)))


def test_what_a_facilitator_does_about_it_later_is_in_the_record(
    circle: TypedCircle, lines: dict[str, Line], letters: Letters
) -> None:
    send_out(circle)
    circle.press("Hana", "ban", person=str(circle.ana.id), why="")
    circle.press("Hana", "unban", person=str(circle.ana.id))
    assert acts(circle)[1:] == [("stays-out", "removed", "banned"), ("let-back", "banned", "gone")]
    assert len(decisions(circle)) == 1
    page = plain(circle.browsers["Ana"].get(page_of(circle)))
    assert "This is over." in page
    asked(circle)
    circle.join("Ana")
    assert not circle.board("Ana")["is_in"]
    [way] = to_answer(circle, "Mori")
    assert send_as_seen(circle.browsers["Mori"], way, **ANSWER).status_code == 302
    assert circle.board("Ana")["is_in"]


def test_the_second_time_is_a_decision_of_its_own(
    circle: TypedCircle, lines: dict[str, Line]
) -> None:
    for _ in range(2):
        send_out(circle)
        circle.press("Hana", "unban", person=str(circle.ana.id))
        circle.clock.pass_by(minutes=1)
    page = circle.browsers["Ana"].get(page_of(circle)).text
    assert len(set(re.findall(r'href="(/decisions/[^"]+/another-look)"', page))) == 2


def test_a_press_that_comes_twice_is_one_decision(
    circle: TypedCircle, lines: dict[str, Line], letters: Letters
) -> None:
    press = {"event_id": "0191d1c0-0000-7000-8000-000000000001", "why": WHY}
    for _ in range(2):
        circle.press("Hana", "remove", person=str(circle.ana.id), **press)
    assert len(decisions(circle)) == 1
    assert told_ana(letters) == ["out_of_circle"]


def test_a_refused_press_decides_nothing(circle: TypedCircle, lines: dict[str, Line]) -> None:
    assert not circle.press("Ben", "remove", person=str(circle.ana.id), why=WHY).get_json()["ok"]
    assert not circle.press("Hana", "remove", person=str(circle.ana.id), why=" ").get_json()["ok"]
    assert decisions(circle) == []
    assert acts(circle) == []


@pytest.mark.holds("moderation:11")
def test_moderators_who_were_not_there_see_that_it_happened(
    circle: TypedCircle, lines: dict[str, Line]
) -> None:
    send_out(circle)
    seen = circle.browsers["Mori"].get("/moderation")
    assert "Sent out of a circle lately" in seen.text
    item_id = circle.make.done(lambda: db.session.scalars(select(ReviewItem.id)).one())
    assert f"/moderation/{item_id}" in seen.text
    case = plain(circle.browsers["Mori"].get(f"/moderation/{item_id}"))
    assert WHY in case
    assert "Names aren’t shown to you" not in case
    assert f"/moderation/{item_id}" not in circle.browsers["Pat"].get("/moderation").text
    for name in ("Pat", "Hana", "Ana", "Ben"):
        assert circle.browsers[name].get(f"/moderation/{item_id}").status_code == 404, name
    circle.clock.pass_by(days=31)
    assert "Sent out of a circle" not in circle.browsers["Mori"].get("/moderation").text


@pytest.mark.holds("moderation:20")
def test_why_is_locked_and_goes_half_a_year_after(
    app: Flask, circle: TypedCircle, lines: dict[str, Line]
) -> None:
    send_out(circle)
    kept = select(SentOut.__table__.c.why.label("why"))
    with app.app_context():
        raw = db.session.connection().exec_driver_sql("SELECT why FROM sent_out").scalar_one()
        assert b"heronz" not in bytes(raw)
    asked(circle)
    circle.clock.pass_by(days=APPEAL.days + 1)
    with app.app_context():
        jobs.erase_reported_words(circle.clock.now())
        assert db.session.scalar(kept) == WHY  # somebody is to look again
    for each in ("Mori", "Ana"):
        circle.browsers[each] = circle.client_for(getattr(circle, each.lower()))
    [way] = to_answer(circle, "Mori")
    send_as_seen(circle.browsers["Mori"], way, result="rejected", answer="It stands.")
    with app.app_context():
        jobs.erase_reported_words(circle.clock.now() + timedelta(days=1))
        assert db.session.scalar(kept) is None
    page = plain(circle.browsers["Ana"].get(page_of(circle)))
    assert "is erased, half a year after" in page


def test_many_cost_the_queue_and_their_page_no_more_statements_than_one(
    circle: TypedCircle, lines: dict[str, Line], cost: Cost
) -> None:
    def statements(name: str, page: str) -> int:
        cost.statements.clear()
        assert circle.browsers[name].get(page).status_code == 200
        return len(cost.statements)

    pages = (("Mori", "/moderation"), ("Ana", page_of(circle)))
    send_out(circle)
    [statements(*each) for each in pages]
    once = [statements(*each) for each in pages]
    for _ in range(5):
        circle.press("Hana", "unban", person=str(circle.ana.id))
        circle.clock.pass_by(minutes=1)
        send_out(circle)
    assert [statements(*each) for each in pages] == once
