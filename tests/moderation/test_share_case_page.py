"""Deciding about what somebody typed in a circle: by whoever was not in it."""

from collections import Counter
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from community.core.db import db
from community.moderation.actions import LOOKED
from community.moderation.models import AuditEvent, Decision, ReportedWords
from community.moderation.rules.case import APPEAL, Outcome
from tests.conftest import Cost
from tests.moderation.test_actions import Written, count
from tests.moderation.typed import WORDS, TypedCircle
from tests.pages import send

DECISION = {
    "outcome": "warn",
    "rule": "medicine",
    "why": "Only a prescriber can say safely that somebody may stop a medicine.",
    "version": "1",
}


@pytest.fixture
def share_id(circle: TypedCircle) -> UUID:
    circle.gathered()
    return circle.typed()


@pytest.fixture
def item_id(circle: TypedCircle, share_id: UUID) -> UUID:
    item_id = circle.report(share_id, circle.ben, "medical_claim", "This frightens me.")
    assert item_id
    return item_id


def new(letters: Written, before: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The letters that were written since."""
    return sorted((Counter(letters()) - Counter(before)).elements())


@pytest.mark.holds("circle:13")
@pytest.mark.parametrize("is_over", [False, True])
def test_it_shows_the_words_to_whoever_may_decide(
    circle: TypedCircle, item_id: UUID, is_over: bool
) -> None:
    if is_over:
        circle.end()
    browser = circle.browsers["Mori"]
    queue = browser.get("/moderation").text
    assert f"/moderation/{item_id}" in queue
    assert "Typed in the circle “" in queue
    assert WORDS not in queue
    page = browser.get(f"/moderation/{item_id}").text
    for words in (
        "Promises a remedy",
        WORDS,
        "This frightens me.",
        "Names aren’t shown to you.",
        "You weren’t in this circle",
        'value="keep"',
        'value="warn"',
        'name="version" value="1"',
    ):
        assert words in page
    for words in ('value="hide"', 'value="remove"', "Ana", "Ben"):
        assert words not in page


@pytest.mark.holds("asvs:38")
def test_each_look_at_the_words_is_written_down(circle: TypedCircle, item_id: UUID) -> None:
    for _ in range(2):
        circle.browsers["Mori"].get(f"/moderation/{item_id}")
    circle.browsers["Ben"].get(f"/moderation/{item_id}")
    looks = select(AuditEvent.action, AuditEvent.actor_id).where(AuditEvent.item_id == item_id)
    rows = circle.make.done(lambda: db.session.execute(looks).all())
    assert rows == [(LOOKED, circle.mori.id)] * 2


@pytest.mark.holds("moderation:1", "moderation:11")
def test_for_everybody_else_the_item_does_not_exist(circle: TypedCircle, item_id: UUID) -> None:
    page = f"/moderation/{item_id}"
    for name in ("Hana", "Ana", "Ben", "Stranger", "Pat"):
        browser = circle.browsers[name]
        assert browser.get(page).status_code == 404
        assert send(browser, "/threads/new", page, **DECISION).status_code == 404
    assert "/sign-in" in circle.client_for().get(page).location


@pytest.mark.holds("moderation:1", "moderation:2")
@pytest.mark.parametrize("is_over", [False, True])
def test_a_moderator_who_was_in_the_circle_does_not_decide(
    circle: TypedCircle, is_over: bool
) -> None:
    circle.gathered("Mori", "Marta")  # nobody is left in the group, so that the platform decides
    item_id = circle.report(circle.typed(), circle.ben, "medical_claim")
    if is_over:
        circle.end()
    for name in ("Mori", "Marta"):
        assert circle.browsers[name].get(f"/moderation/{item_id}").status_code == 404
        assert str(item_id) not in circle.browsers[name].get("/moderation").text
    assert WORDS in circle.browsers["Pat"].get(f"/moderation/{item_id}").text


@pytest.mark.holds("moderation:6", "moderation:7", "moderation:8", "promise:8")
def test_the_writer_is_written_to_with_the_reasons_and_the_reporter_answered(
    circle: TypedCircle, share_id: UUID, item_id: UUID, letters: Written
) -> None:
    circle.end()
    before = letters()
    browser, page = circle.browsers["Mori"], f"/moderation/{item_id}"
    assert send(browser, page, **DECISION).status_code == 302
    assert new(letters, before) == [("Ana", "share_decided"), ("Ben", "report_answered")]
    after = browser.get(page).text
    assert "It has been decided" in after
    assert WORDS not in after
    statement = f"/shares/{share_id}/statement"
    said = circle.browsers["Ana"].get(statement).text
    for words in (
        DECISION["why"],
        "3. Medicine, injections and surgery",
        "No program decided.",
        "you can ask for it until Sunday 23 May 2027",
    ):
        assert words in said
    assert "Ben" not in said
    for name in ("Ben", "Hana", "Mori", "Stranger"):
        assert circle.browsers[name].get(statement).status_code == 404
    assert "/sign-in" in circle.client_for().get(statement).location


@pytest.mark.holds("moderation:7")
def test_when_nothing_follows_the_writer_never_hears_of_it(
    circle: TypedCircle, share_id: UUID, item_id: UUID, letters: Written
) -> None:
    before = letters()
    circle.make.decision(item_id, circle.mori, Outcome.KEEP)
    assert new(letters, before) == [("Ben", "report_answered")]
    assert circle.browsers["Ana"].get(f"/shares/{share_id}/statement").status_code == 404
    assert circle.report(share_id, circle.ben) is None  # the same person, the same words
    assert circle.report(share_id, circle.hana) not in {None, item_id}


@pytest.mark.holds("moderation:3", "moderation:6")
@pytest.mark.parametrize("missing", ["outcome", "rule", "why", "version"])
def test_a_decision_that_lacks_something_is_not_taken(
    circle: TypedCircle, item_id: UUID, missing: str
) -> None:
    typed = {name: value for name, value in DECISION.items() if name != missing}
    answer = send(circle.browsers["Mori"], f"/moderation/{item_id}", note="Seen before.", **typed)
    assert answer.status_code == 422
    assert "Seen before." in answer.text
    assert WORDS in answer.text
    assert count(circle.make, Decision) == 0


def test_what_only_a_post_can_be_is_not_taken_for_a_share(
    circle: TypedCircle, item_id: UUID
) -> None:
    page = f"/moderation/{item_id}"
    answer = send(circle.browsers["Mori"], page, **{**DECISION, "outcome": "remove"})
    assert answer.status_code == 409
    assert count(circle.make, Decision) == 0


def test_reports_by_many_cost_no_more_statements_than_one(
    circle: TypedCircle, share_id: UUID, item_id: UUID, cost: Cost
) -> None:
    def statements() -> int:
        cost.statements.clear()
        circle.browsers["Mori"].get(f"/moderation/{item_id}")
        return len(cost.statements)

    statements()
    one = statements()
    circle.report(share_id, circle.hana)
    assert statements() == one <= 46


def test_with_another_key_the_page_says_that_the_words_cannot_be_opened(
    circle: TypedCircle, item_id: UUID, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "CASE_KEY", "another key, so that this can't be opened")
    page = circle.browsers["Mori"].get(f"/moderation/{item_id}").text
    assert "These words can’t be opened any more" in page
    assert WORDS not in page


@pytest.mark.holds("moderation:20")
def test_the_end_of_what_is_kept_is_the_end_of_what_can_be_asked(
    circle: TypedCircle, item_id: UUID
) -> None:
    def end() -> object:
        return circle.make.done(lambda: db.session.get_one(ReportedWords, item_id).erase_at)

    assert end() is None
    circle.make.decision(item_id, circle.mori, Outcome.WARN)
    assert end() == circle.clock.now() + APPEAL
