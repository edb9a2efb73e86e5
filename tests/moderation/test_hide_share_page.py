"""Whoever holds a call hides what somebody typed in its circle: at once, and for a moderator to
decide about."""

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from community.core.db import db
from community.live.models import RoomText
from community.moderation.models import Report, ReportedWords, ReviewItem
from community.moderation.queries import items_by_id
from community.moderation.reports.queries import open_item
from community.moderation.rules.reasons import Severity
from tests.live.circle import JSON
from tests.live.lines import with_lines
from tests.moderation.test_actions import count
from tests.moderation.typed import WORDS, TypedCircle
from tests.pages import again_typed, token

SENTENCE = "What Ana typed here is hidden for now."
KEPT = (ReviewItem, Report, ReportedWords)


@pytest.fixture
def share_id(circle: TypedCircle) -> UUID:
    circle.gathered()
    return circle.typed(mode="aloud")


def page_of(circle: TypedCircle, share_id: UUID) -> str:
    return f"/circles/{circle.call_id}/hide/{share_id}"


def opened(circle: TypedCircle, share_id: UUID, name: str = "Hana") -> dict[str, str]:
    """What the page sends with the press."""
    found = circle.browsers[name].get(page_of(circle, share_id))
    assert found.status_code == 200, found.text
    return again_typed(found) | _hidden(found)


def _hidden(page: TestResponse) -> dict[str, str]:
    found = re.findall(r'<input id="(seen|event_id)"[^>]* value="([^"]*)"', page.text)
    return dict(found)


def hide(
    circle: TypedCircle, share_id: UUID, typed: dict[str, str], name: str = "Hana", **more: str
) -> TestResponse:
    to = page_of(circle, share_id)
    return circle.browsers[name].post(to, data={"reason": "other", **typed, **more})


def said(circle: TypedCircle, name: str) -> dict[str, Any]:
    return circle.board(name)["words"][-1]


def test_it_is_offered_beside_the_words_to_whoever_holds_the_call_and_says_what_it_means(
    circle: TypedCircle, share_id: UUID
) -> None:
    door = f'href="{page_of(circle, share_id)}"'
    shown = {name: circle.browsers[name].get(f"/circles/{circle.call_id}").text for name in
             ("Hana", "Ana", "Ben")}  # fmt: skip
    assert door in shown["Hana"]
    assert 'target="_blank"' in shown["Hana"].split(door)[0].rpartition("<a ")[2]
    assert "Hide these words" not in shown["Ana"] + shown["Ben"]
    page = circle.browsers["Hana"].get(page_of(circle, share_id)).text
    assert WORDS in page
    assert "Nothing has happened yet." in page
    assert "Ana still sees them" in page
    assert "Moderators get a copy of these words" in page
    assert [count(circle.make, each) for each in KEPT] == [0, 0, 0]


@pytest.mark.holds("circle:9")
def test_the_words_are_gone_from_every_page_but_their_writers(
    application: Flask, circle: TypedCircle, share_id: UUID
) -> None:
    lines = with_lines(application, circle, "Ana", "Ben", "Hana")
    for line in lines.values():
        line.received("board")
    answer = hide(circle, share_id, opened(circle, share_id))
    assert answer.status_code == 302
    told = {name: line.received("board")[-1] for name, line in lines.items()}
    for name in ("Hana", "Ben"):
        for page in (told[name], circle.board(name)):
            assert WORDS not in str(page)
            assert page["words"][-1]["text"].startswith(SENTENCE)
            assert not page["words"][-1]["aloud"]
        assert WORDS not in circle.browsers[name].get(f"/circles/{circle.call_id}").text
        assert WORDS not in circle.browsers[name].get(f"/circles/{circle.call_id}/report").text
        there = circle.browsers[name].get(f"/circles/{circle.call_id}/report/{share_id}")
        assert there.status_code == 404
    mine = told["Ana"]["words"][-1]
    assert (mine["text"], mine["name"]) == (WORDS, "You")
    assert mine["note"].startswith("Only you see these words now.")
    assert "somebody who looks after the site reads them" in mine["note"]
    assert mine["note"] in circle.browsers["Ana"].get(f"/circles/{circle.call_id}").text
    assert told["Ana"]["mine"], "the turn is theirs as before"
    assert circle.press("Ana", "say", words="And this.").status_code == 200


@pytest.mark.holds("moderation:5")
def test_an_item_is_opened_with_a_locked_copy_in_the_same_press(
    circle: TypedCircle, share_id: UUID
) -> None:
    typed = opened(circle, share_id)
    answer = hide(circle, share_id, typed, reason="stop_treatment", words="Said twice.")
    thanks = circle.browsers["Hana"].get(answer.location).text
    assert "These words are hidden. In the circle you can show them again." in thanks
    assert [count(circle.make, each) for each in KEPT] == [1, 1, 1]
    item_id = circle.make.done(lambda: open_item(share_id))
    case = circle.make.done(lambda: items_by_id([item_id], circle.clock.now()))[item_id].case
    assert case.severity is Severity.DANGER
    assert case.author_id == circle.ana.id
    assert circle.browsers["Mori"].get(f"/moderation/{item_id}").status_code == 200


def test_against_the_law_has_a_third_page_and_nothing_is_hidden_before_it_is_whole(
    circle: TypedCircle, share_id: UUID, arrived: Callable[[str], list[tuple[str, str]]]
) -> None:
    typed = opened(circle, share_id)
    by_law = {"reason": "illegal", "words": "It names my street.", "law": "insult, Germany"}
    third = hide(circle, share_id, typed, reason="illegal", words="It names my street.")
    assert third.status_code == 200
    assert "Nothing is hidden and nothing is sent yet." in third.text
    assert "There is a problem" not in third.text
    assert "It names my street." in third.text
    for lacking in ({"law": ""}, {"words": ""}, {}):
        missed = hide(circle, share_id, typed, third="1", **{**by_law, **lacking})
        assert missed.status_code == 422
        assert "There is a problem" in missed.text
    assert said(circle, "Ben")["text"] == WORDS
    assert [count(circle.make, each) for each in KEPT] == [0, 0, 0]
    again = again_typed(third) | _hidden(third)
    sent = hide(circle, share_id, again, **by_law, in_good_faith="y")
    assert sent.status_code == 302
    assert said(circle, "Ben")["text"].startswith(SENTENCE)
    kept = circle.make.done(lambda: db.session.execute(select(Report.reason, Report.law)).one())
    assert tuple(kept) == ("illegal", "insult, Germany")
    assert "You believe that something here is against the law." in str(
        arrived("hana@example.org")[-1]
    )


@pytest.mark.holds("moderation:1", "moderation:7")
def test_whoever_hid_it_does_not_decide_and_is_not_named_to_whoever_wrote_it(
    circle: TypedCircle, share_id: UUID
) -> None:
    hide(circle, share_id, opened(circle, share_id))
    item_id = circle.make.done(lambda: open_item(share_id))
    for name in ("Hana", "Ana", "Ben"):
        assert circle.browsers[name].get(f"/moderation/{item_id}").status_code in {403, 404}
    assert "Hana" not in said(circle, "Ana")["note"]


@pytest.mark.holds("circle:6", "moderation:19")
def test_the_same_press_again_is_the_same_press(circle: TypedCircle, share_id: UUID) -> None:
    typed = opened(circle, share_id)
    first, again = hide(circle, share_id, typed), hide(circle, share_id, typed)
    assert (first.status_code, first.location) == (again.status_code, again.location)
    assert [count(circle.make, each) for each in KEPT] == [1, 1, 1]
    version = circle.board("Hana")["version"]
    other = hide(circle, share_id, {**typed, "event_id": str(uuid4())})
    assert other.status_code == 409
    assert circle.board("Hana")["version"] == version


@pytest.mark.holds("circle:6")
def test_what_was_shown_again_meanwhile_is_not_hidden_by_a_page_that_missed_it(
    circle: TypedCircle, share_id: UUID
) -> None:
    late = opened(circle, share_id)
    hide(circle, share_id, opened(circle, share_id))
    again = said(circle, "Hana")["controls"][0]
    assert circle.press("Hana", again["event"], **again["fields"]).status_code == 200
    assert said(circle, "Ben")["text"] == WORDS
    assert said(circle, "Ana")["note"] == ""
    assert hide(circle, share_id, late).status_code == 409
    assert said(circle, "Ben")["text"] == WORDS
    assert count(circle.make, ReviewItem) == 1, "a moderator reads them all the same"
    assert circle.press("Hana", again["event"], **again["fields"]).status_code == 409


def test_while_they_are_hidden_the_report_of_it_stays(circle: TypedCircle, share_id: UUID) -> None:
    reported = hide(circle, share_id, opened(circle, share_id)).location
    browser = circle.browsers["Hana"]
    assert "Take this report back" not in browser.get(reported).text
    typed = {"csrf_token": token(browser)}
    assert browser.post(reported, data=typed).status_code == 409
    again = said(circle, "Hana")["controls"][0]
    assert circle.press("Hana", again["event"], **again["fields"]).status_code == 200
    assert "Take this report back" in browser.get(reported).text
    assert browser.post(reported, data=typed).status_code == 302
    assert count(circle.make, ReportedWords) == 0


def test_without_script_they_are_shown_again_by_a_form(circle: TypedCircle, share_id: UUID) -> None:
    hide(circle, share_id, opened(circle, share_id))
    page = circle.browsers["Hana"].get(f"/circles/{circle.call_id}").text
    form = page.split('data-event="show-words"')[1].split("</form>")[0]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
    to = f"/circles/{circle.call_id}/events/show-words"
    assert circle.browsers["Hana"].post(to, data=fields).status_code == 302
    assert said(circle, "Ben")["text"] == WORDS


@pytest.mark.holds("asvs:4", "moderation:24")
def test_nobody_else_may(circle: TypedCircle, share_id: UUID) -> None:
    page, typed = page_of(circle, share_id), opened(circle, share_id)
    statuses = {"Ana": 403, "Ben": 403, "Mori": 404, "Stranger": 404}
    for name, status in statuses.items():
        browser: FlaskClient = circle.browsers[name]
        assert browser.get(page).status_code == status
        own = {**typed, "reason": "other", "csrf_token": token(browser)}
        assert browser.post(page, data=own).status_code == status
    for name in ("Ana", "Ben"):
        number = {"seen": circle.board(name)["version"], "number": 1}
        for event in ("hide-words", "show-words"):
            assert circle.press(name, event, **number).status_code in {403, 404, 422}
    assert circle.press("Hana", "hide-words", seen=1, number=1).status_code == 422
    assert "/sign-in" in circle.client_for().get(page).location
    assert circle.browsers["Hana"].get(page_of(circle, uuid4())).status_code == 404
    assert said(circle, "Ben")["text"] == WORDS
    assert [count(circle.make, each) for each in KEPT] == [0, 0, 0]


def test_a_line_to_whoever_holds_it_stands_on_nobodys_page_and_is_not_hidden(
    circle: TypedCircle,
) -> None:
    circle.gathered()
    circle.typed(wish="reflection")
    circle.press("Ana", "finish", seen=circle.board("Ana")["version"])
    line = {"person": str(circle.ana.id), "words": "You should try harder."}
    assert circle.press("Ben", "reply", **line).status_code == 200
    found = select(RoomText.id).where(RoomText.reply_to.is_not(None))
    line_id = circle.make.done(lambda: db.session.scalars(found).one())
    for name in ("Hana", "Ana"):
        assert circle.browsers[name].get(page_of(circle, line_id)).status_code == 404


def test_what_cannot_be_read_gives_the_page_back(circle: TypedCircle, share_id: UUID) -> None:
    typed = opened(circle, share_id)
    for wrong in ({"reason": "nonsense"}, {"seen": "x"}, {"event_id": "x"}):
        answer = hide(circle, share_id, typed, **wrong, words="It names my street.")
        assert answer.status_code == 422
        assert "It names my street." in answer.text
    assert count(circle.make, ReviewItem) == 0


@pytest.mark.holds("circle:13")
def test_after_the_end_nothing_but_the_locked_copy_is_left(
    circle: TypedCircle, share_id: UUID
) -> None:
    typed = opened(circle, share_id)
    hide(circle, share_id, typed)
    circle.end()
    assert count(circle.make, RoomText) == 0
    assert [count(circle.make, each) for each in KEPT] == [1, 1, 1]
    assert circle.browsers["Hana"].get(page_of(circle, share_id)).status_code == 409
    assert hide(circle, share_id, typed).status_code == 409


def test_in_a_rehearsal_there_is_nobody_to_hide(circle: TypedCircle) -> None:
    page = "/circles/rehearsal?part=facilitator"
    assert "/hide/" not in circle.browsers["Hana"].get(page, headers=JSON).text
