"""Somebody may be in danger: seen to by two people, in steps that are written down."""

from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Staff
from community.core.db import db
from community.core.post import newest
from community.core.verdict import Refused
from community.moderation.care.models import CareTaken
from community.moderation.models import AuditEvent
from community.moderation.rules.care import CareStep, HandedTo, may_take_step
from community.moderation.rules.case import (
    CARE_FIRST,
    FOR_A_LEAD,
    Care,
    Outcome,
    Target,
    actions_for,
    may_decide,
)
from community.moderation.rules.reasons import Scope, Severity
from community.threads import queries as threads_queries
from tests.moderation.test_case_page import DECISION
from tests.moderation.test_rules import NOON, case, moderator, person, platform_moderator
from tests.moderation.typed import TypedCircle
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


@pytest.mark.holds("moderation:17")
@given(
    lead_reported=st.none() | st.booleans(),
    site_reported=st.none() | st.booleans(),
    about=st.sampled_from(Target),
)
def test_it_is_begun_in_the_group_run_by_the_site_and_closed_by_a_lead(
    lead_reported: bool | None, site_reported: bool | None, about: Target
) -> None:
    """None: there is nobody of that kind. Whoever reported it isn’t free."""
    mori, pat = moderator(), platform_moderator()
    lea = person(staff=frozenset({Staff.SAFETY_LEAD}))
    others = [(lea, lead_reported), (pat, site_reported)]
    there = frozenset(each.id for each, reported in others if reported is not None)
    reporters = frozenset(each.id for each, reported in others if reported)
    crisis = replace(
        case(mori.id, severity=Severity.CRISIS, about=about, scope=Scope.BOTH),
        reporters=reporters,
        site=there,
        leads=there & {lea.id},
        care=Care(frozenset({uuid4()}), is_pointed=True),
    )
    free = [each for each in (lea, pat) if each.id in there - reporters]
    closers = [lea] if lea in free else free or [mori]
    for who in [mori, *free]:
        runs = who is not mori or not free
        assert bool(may_take_step(who, crisis, CareStep.HANDED, NOON)) is runs
        assert may_take_step(who, crisis, CareStep.TALKED, NOON)
        closing = may_decide(who, crisis, Outcome.CARE, crisis.version, NOON)
        assert bool(closing) is (who in closers)
        assert closing or closing.reason is FOR_A_LEAD
        assert Outcome.CARE in actions_for(crisis, who, NOON)  # it counts for them all the same


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
    mori, marta, pat = (client_for(who) for who in (cast.mori, cast.marta, cast.pat))
    told = len(letters())
    seen = plain(mori.get(page))
    assert "This is no complaint" in seen
    assert "A safety lead closes it." in seen
    assert "Leave it as it is" not in seen
    early = send(pat, page, **(CLOSE | {"version": "1"}))
    assert early.status_code == 409
    assert "let a second person close it" in plain(early)
    assert CLOSE["why"] in early.text
    where = f"{page}/help"
    assert send(mori, where, country="germany", words="I thought of you today.").location == page
    assert letters()[told:] == [("Ana", "thought_of_you")]
    with make.app.app_context():
        letter = newest(1)[0]
    assert letter.subject == "Circles: somebody thought of you"
    for words in ("I thought of you today.", "0800 111", "/help-now#germany"):
        assert words in letter.body
    for words in ("report", "Ben", "Mori"):
        assert words not in letter.body
    for alone in (mori, marta):  # a group begins, and doesn’t close
        assert send(alone, page, **CLOSE).status_code == 403
    assert "Wrote to them where help is (Germany): Mori" in plain(marta.get(page))
    assert send(pat, page, **CLOSE).status_code == 302
    with make.app.app_context():
        assert threads_queries.reviewed(reply_id).is_shown(clock.now())
        written = list(db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))
    assert [each for each in written if each in {"pointed", "care"}] == ["pointed", "care"]
    assert letters()[told + 1 :] == [("Ben", "report_answered")]
    assert client_for(cast.ana).get(f"/posts/{reply_id}/statement").status_code == 404


def test_they_are_written_to_once_and_other_steps_are_written_down_by_a_press(
    cast, make, client_for, page
) -> None:
    mori = client_for(cast.mori)
    send(mori, f"{page}/help", country="", words="")
    assert send(mori, page, f"{page}/help", country="").status_code == 409
    assert "Write to them where help is" not in plain(mori.get(page)).split("Write down what")[0]
    for step in ("talked", "answered"):
        assert send(mori, page, f"{page}/care", step=step).location == page
    for nothing in ("pointed", "shouted", "handed"):
        assert send(mori, page, f"{page}/care", step=nothing).status_code == 404
    with make.app.app_context():
        steps = list(db.session.scalars(select(CareTaken.step).order_by(CareTaken.id)))
    assert steps == [CareStep.POINTED, CareStep.TALKED, CareStep.ANSWERED]


@pytest.mark.holds("moderation:17")
def test_whoever_looks_after_the_site_writes_down_to_whom_it_was_handed_over(
    cast, make, client_for, page
) -> None:
    mori, pat = client_for(cast.mori), client_for(cast.pat)
    send(mori, f"{page}/help", country="ireland", words="")
    assert send(mori, page, f"{page}/care", step="handed", handed_to="line").status_code == 403
    assert send(pat, page, f"{page}/care", step="handed", handed_to="nobody").status_code == 404
    for to in HandedTo:
        assert send(pat, page, f"{page}/care", step="handed", handed_to=to).location == page
    seen = plain(mori.get(page))
    assert "Told the emergency services what we know: Pat" in seen
    assert "A doctor or therapist of theirs knows: Pat" in seen
    with make.app.app_context():
        columns = (CareTaken.step, CareTaken.country, CareTaken.handed_to)
        rows = [tuple(row) for row in db.session.execute(select(*columns).order_by(CareTaken.id))]
    assert rows == [
        (CareStep.POINTED, "ireland", None),
        *((CareStep.HANDED, None, to) for to in HandedTo),
    ]


@pytest.mark.holds("moderation:17", "moderation:25")
def test_typed_words_of_a_crisis_wait_in_the_group_too_and_are_closed_above(
    circle: TypedCircle, letters
) -> None:
    circle.gathered()
    item_id = circle.report(circle.typed("I can’t go on."), circle.ben, "crisis_self")
    page = f"/moderation/{item_id}"
    mori, pat = circle.browsers["Mori"], circle.browsers["Pat"]
    assert page in mori.get("/moderation").text
    seen = plain(mori.get(page))
    assert "I can’t go on." in seen
    assert "Send this decision" not in seen
    assert send(mori, f"{page}/help", country="", words="").location == page
    assert "Send this decision" in plain(pat.get(page))
    assert send(pat, page, **CLOSE).status_code == 302


def test_words_that_are_too_long_and_countries_that_are_none_are_asked_again(
    cast, client_for, page, letters
) -> None:
    mori = client_for(cast.mori)
    for form in ({"country": "narnia", "words": "Hello"}, {"country": "", "words": "x" * 2001}):
        answer = send(mori, f"{page}/help", **form)
        assert answer.status_code == 422
        assert form["words"] in answer.text
    assert not [kind for _, kind in letters() if kind == "thought_of_you"]


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
