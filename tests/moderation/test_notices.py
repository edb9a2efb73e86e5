"""A notice under the law: a third page, a receipt, and an answer. Two presses stay for all else."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from community.core.db import db
from community.moderation.models import Report
from community.moderation.rules.case import Outcome
from community.moderation.rules.reasons import REASONS, ReportReason
from community.moderation.rules.reporting import NOT_WHOLE, is_whole
from tests.live.circle import ClientFor
from tests.make import Make
from tests.pages import ALERT, plain, send
from tests.threads.conftest import Cast

WHOLE = {
    "reason": "illegal",
    "third": "1",
    "words": "It calls somebody a thief, by name.",
    "law": "Defamation, Germany",
    "in_good_faith": "y",
}


@given(st.sampled_from(sorted(REASONS.values(), key=lambda each: each.id)), st.text(), st.text())
def test_only_a_notice_has_to_say_anything(reason: ReportReason, words: str, law: str) -> None:
    may = is_whole(reason, words, law)
    assert bool(may) is (reason.id != "illegal" or bool(words and law))
    assert may or may.reason is NOT_WHOLE


@pytest.fixture
def page(reply_id: UUID) -> str:
    return f"/posts/{reply_id}/report/other"


def sent(make: Make) -> list[Report]:
    with make.app.app_context():
        return list(db.session.scalars(select(Report)))


def test_the_third_page_comes_before_anything_is_sent(
    make: Make, cast: Cast, client_for: ClientFor, page: str
) -> None:
    third = send(client_for(cast.ben), page, reason="illegal", words="It calls me a thief.")
    assert third.status_code == 200
    seen = plain(third)
    for words in (
        "What is it, and why is it against the law?",
        "Which law, and of which country?",
        "Nothing is sent yet.",
    ):
        assert words in seen
    assert "You don’t have to." not in seen
    assert "It calls me a thief." in third.text
    assert ALERT not in third.text
    assert sent(make) == []


@pytest.mark.parametrize("missing", ["words", "law", "in_good_faith"])
def test_what_is_missing_is_said_and_what_was_typed_stays(
    make: Make, cast: Cast, client_for: ClientFor, page: str, missing: str
) -> None:
    typed = {name: value for name, value in WHOLE.items() if name != missing}
    answer = send(client_for(cast.ben), page, **typed)
    assert answer.status_code == 422
    assert ALERT in answer.text
    for name in {"words", "law"} - {missing}:
        assert WHOLE[name] in answer.text
    assert sent(make) == []


@pytest.mark.holds("promise:10", "moderation:7", "moderation:8")
def test_whole_it_is_kept_and_answered_twice(
    make: Make, cast: Cast, client_for: ClientFor, reply_id: UUID, page: str, arrived
) -> None:
    answer = send(client_for(cast.ben), page, **WHOLE)
    assert answer.location == f"/posts/{reply_id}/reported"
    [report] = sent(make)
    assert (report.law, report.words) == (WHOLE["law"], WHOLE["words"])
    ((subject, receipt),) = arrived("ben@example.org")
    assert subject == "Circles: we have what you told us"
    said = " ".join(receipt.split())
    assert "A person reads it, by" in said
    for words in (WHOLE["law"], WHOLE["words"], "tablets", "thief"):
        assert words not in subject + receipt
    pats = client_for(cast.pat)
    assert "Against which law: Defamation, Germany." in plain(
        pats.get(f"/moderation/{report.item_id}")
    )
    make.decision(report.item_id, cast.pat, Outcome.KEEP)
    _, (_, outcome) = arrived("ben@example.org")
    assert "You told us that it’s against the law." in " ".join(outcome.split())
    assert "no program decided" in " ".join(outcome.split())
    assert arrived("ana@example.org") == []


def test_of_a_person_and_of_a_call_it_is_the_same(
    make: Make, cast: Cast, client_for: ClientFor
) -> None:
    bens, call_id = client_for(cast.ben), make.call(cast.group_id, cast.hana)
    for where in (
        f"/groups/{cast.group_id}/members/{cast.ana.id}/report/other",
        f"/calls/{call_id}/report/other",
    ):
        before = len(sent(make))
        assert "Nothing is sent yet." in plain(send(bens, where, reason="illegal"))
        assert len(sent(make)) == before
        assert send(bens, where, **WHOLE).status_code == 302
        assert sent(make)[-1].law == WHOLE["law"]


def test_every_other_reason_is_sent_by_two_presses_and_carries_no_law(
    make: Make, cast: Cast, client_for: ClientFor, page: str, arrived
) -> None:
    answer = send(client_for(cast.ben), page, reason="spam", law="Any", third="1")
    assert answer.status_code == 302
    assert [report.law for report in sent(make)] == [""]
    assert arrived("ben@example.org") == []
