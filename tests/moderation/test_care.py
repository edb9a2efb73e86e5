"""Somebody may be in danger: seen to by two people, in steps that are written down."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from community.accounts.sanctions.rules import SanctionKind
from community.core.db import db
from community.core.post import newest
from community.core.verdict import Refused
from community.moderation.care.models import CareTaken
from community.moderation.models import AuditEvent
from community.moderation.rules.care import CareStep, may_take_step
from community.moderation.rules.case import (
    CARE_FIRST,
    Care,
    Outcome,
    Target,
    actions_for,
    may_decide,
)
from community.moderation.rules.reasons import Severity
from community.threads import queries as threads_queries
from tests.moderation.test_case_page import DECISION
from tests.moderation.test_rules import NOON, case, moderator
from tests.pages import plain, send

CLOSE = DECISION | {"outcome": "care", "rule": "despair", "version": "2"}


@pytest.mark.holds("moderation:17")
@given(st.booleans(), st.integers(0, 3), st.sampled_from(Target))
def test_it_is_closed_only_when_they_know_where_help_is_and_two_people_stand_under_it(
    is_pointed: bool, others: int, about: Target
) -> None:
    mori, *rest = (moderator() for _ in range(5))
    crisis = case(mori.id, *(each.id for each in rest), severity=Severity.CRISIS, about=about)
    crisis = replace(crisis, care=Care(frozenset(each.id for each in rest[:others]), is_pointed))
    possible = actions_for(crisis, mori, NOON)
    assert not possible & {Outcome.KEEP, Outcome.WARN}
    for outcome in possible - {Outcome.HIDE}:
        may = may_decide(mori, crisis, outcome, crisis.version, NOON)
        assert bool(may) is (is_pointed and others > 0)
        assert may or may.reason is CARE_FIRST
    alone = replace(crisis, care=Care(frozenset({mori.id}), is_pointed))
    assert not may_decide(mori, alone, Outcome.CARE, crisis.version, NOON)
    gone = replace(crisis, author_id=None)  # nobody is left to be written to
    assert bool(may_decide(mori, gone, Outcome.CARE, crisis.version, NOON)) is (others > 0)


@pytest.mark.parametrize("severity", [each for each in Severity if each is not Severity.CRISIS])
def test_the_steps_are_for_a_crisis(severity: Severity) -> None:
    mori = moderator()
    other = case(mori.id, severity=severity)
    assert not any(may_take_step(mori, other, step, NOON) for step in CareStep)
    assert Outcome.CARE not in actions_for(other, mori, NOON)


@pytest.fixture
def item_id(cast, make, reply_id):
    return make.report(reply_id, cast.ben, "crisis_self", "Please look.")


@pytest.fixture
def page(item_id):
    return f"/moderation/{item_id}"


@pytest.mark.holds("moderation:17", "moderation:7", "seed:16")
def test_one_points_to_help_and_another_closes_it_and_nothing_is_held_against_anybody(
    cast, make, client_for, page, reply_id, letters, clock
) -> None:
    mori, marta = client_for(cast.mori), client_for(cast.marta)
    seen = plain(mori.get(page))
    assert "This is no complaint" in seen
    assert "Leave it as it is" not in seen
    early = send(mori, page, **(CLOSE | {"version": "1"}))
    assert early.status_code == 409
    assert "let a second person close it" in plain(early)
    assert CLOSE["why"] in early.text
    where = f"{page}/help"
    assert send(mori, where, country="germany", words="I thought of you today.").location == page
    assert letters() == [("Ana", "thought_of_you")]
    with make.app.app_context():
        letter = newest(1)[0]
    assert letter.subject == "Circles: somebody thought of you"
    for words in ("I thought of you today.", "0800 111", "/help-now#germany"):
        assert words in letter.body
    for words in ("report", "Ben", "Mori"):
        assert words not in letter.body
    assert send(mori, page, **CLOSE).status_code == 409  # alone with it
    assert "Wrote to them where help is: Mori" in plain(marta.get(page))
    assert send(marta, page, **CLOSE).status_code == 302
    with make.app.app_context():
        assert threads_queries.reviewed(reply_id).is_shown(clock.now())
        written = list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))
    assert written == ["pointed", "care"]
    assert letters()[1:] == [("Ben", "report_answered")]
    assert client_for(cast.ana).get(f"/posts/{reply_id}/statement").status_code == 404


def test_they_are_written_to_once_and_other_steps_are_written_down_by_a_press(
    cast, make, client_for, page
) -> None:
    mori = client_for(cast.mori)
    send(mori, f"{page}/help", country="", words="")
    assert send(mori, page, f"{page}/help", country="").status_code == 409
    assert "Write to them where help is" not in plain(mori.get(page)).split("Write down what")[0]
    for step in ("talked", "answered", "called"):
        assert send(mori, page, f"{page}/care", step=step).location == page
    assert send(mori, page, f"{page}/care", step="pointed").status_code == 404
    assert send(mori, page, f"{page}/care", step="shouted").status_code == 404
    with make.app.app_context():
        steps = list(db.session.scalars(select(CareTaken.step).order_by(CareTaken.id)))
    assert steps == list(CareStep)


def test_words_that_are_too_long_and_countries_that_are_none_are_asked_again(
    cast, client_for, page, letters
) -> None:
    mori = client_for(cast.mori)
    for form in ({"country": "narnia", "words": "Hello"}, {"country": "", "words": "x" * 2001}):
        answer = send(mori, f"{page}/help", **form)
        assert answer.status_code == 422
        assert form["words"] in answer.text
    assert letters() == []


@pytest.mark.holds("moderation:17")
def test_a_crisis_is_never_a_sanction(cast, make, item_id) -> None:
    with pytest.raises(Refused):
        make.sanction(item_id, cast.mori, SanctionKind.MUTE, 7)


@pytest.mark.holds("moderation:11", "promise:10")
def test_for_everybody_else_there_is_no_such_page(cast, client_for, page, item_id) -> None:
    for who in (cast.ana, cast.ben, cast.hana, cast.stranger):
        browser = client_for(who)
        assert browser.get(f"{page}/help").status_code == 404
        for to, form in ((f"{page}/help", {"country": ""}), (f"{page}/care", {"step": "talked"})):
            assert send(browser, "/calls", to, **form).status_code == 404
    assert "/sign-in" in client_for(None).get(f"{page}/help").location
