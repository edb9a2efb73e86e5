"""Whoever answers another look answers about the item as it was on their page."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from community.accounts.sanctions.models import Sanction
from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Actor
from community.core.db import db
from community.core.verdict import STALE
from community.moderation.appeals.models import Appeal
from community.moderation.appeals.rules import ANSWERED, Hearing, Result, Side, may_answer_so
from community.moderation.models import Decision
from community.moderation.rules.case import Claim, Outcome
from community.moderation.rules.claims import LEASE
from community.moderation.rules.reasons import Scope
from tests.live.circle import ClientFor
from tests.make import Make
from tests.moderation.test_rules import NOON, case, moderator
from tests.pages import again_typed, plain, send, send_as_seen
from tests.threads.conftest import Cast

pytestmark = pytest.mark.holds("moderation:3", "moderation:9")

ENDED = "Ana wrote to us, and it is enough."
MINE = "I’ve read it twice, and it was right to begin with."


def test_it_is_about_the_item_as_it_was_on_their_page() -> None:
    mine, theirs = moderator(), moderator()
    about = case(mine.id, theirs.id, is_open=False)
    hearing = Hearing(uuid4(), Side.AUTHOR, Scope.GROUP, about, frozenset(), False)
    held = replace(hearing, case=replace(about, claim=Claim(theirs.id, "Marta", NOON + LEASE)))
    for result in Result:
        for each in (hearing, held):
            older = may_answer_so(mine, each, result, about.version - 1, NOON)
            assert older.reason is STALE
        done = replace(hearing, is_answered=True)
        assert may_answer_so(mine, done, result, about.version - 1, NOON).reason is ANSWERED
        nobody = may_answer_so(moderator(about.author_id), hearing, result, 0, NOON)
        assert nobody.reason.status == 404


@pytest.fixture
def item_id(make: Make, cast: Cast, reply_id: UUID) -> UUID:
    """Mori has muted Ana for a week."""
    item_id = make.report(reply_id, cast.ben, "medical_claim")
    make.sanction(item_id, cast.mori, SanctionKind.MUTE, 7)
    return item_id


@pytest.fixture
def page(make: Make, cast: Cast, client_for: ClientFor, item_id: UUID) -> str:
    """Ana asks for another look, and Marta and the owner can answer."""
    made = make.done(lambda: db.session.scalars(select(Decision.id)).one())
    send(client_for(cast.ana), f"/decisions/{made}/another-look", words="It was mine.")
    return f"/moderation/appeals/{make.done(lambda: db.session.scalars(select(Appeal.id)).one())}"


def ended(make: Make, client_for: ClientFor, item_id: UUID, by: Actor) -> None:
    """Somebody ends the mute before its time."""
    held = make.done(lambda: db.session.scalars(select(Sanction.id)).one())
    lift = f"/moderation/{item_id}/person/{held}/end"
    assert send_as_seen(client_for(by), lift, why=ENDED).status_code == 302


def results(make: Make) -> list[Result | None]:
    return make.done(lambda: list(db.session.scalars(select(Appeal.result))))


@pytest.mark.parametrize("result", Result)
def test_ended_meanwhile_the_answer_is_not_taken_and_both_read_on(
    make: Make, cast: Cast, client_for: ClientFor, item_id: UUID, page: str, result: Result
) -> None:
    marta = client_for(cast.marta)
    typed = {**again_typed(marta.get(page)), "result": result.value, "answer": MINE}
    ended(make, client_for, item_id, make.owner(cast.group_id))
    answer = marta.post(page, data=typed)
    assert answer.status_code == 409
    words = plain(answer)
    assert "Something changed since you opened this page, so nothing was sent." in words
    assert ENDED in words
    assert MINE in words
    assert results(make) == [None]
    again = send_as_seen(marta, page, result="rejected", answer=MINE)
    assert again.location == page
    assert results(make) == [Result.REJECTED]


def test_what_ended_by_the_clock_leaves_nothing_in_between_and_the_words_stay(
    make: Make, cast: Cast, client_for: ClientFor, page: str
) -> None:
    marta = client_for(cast.marta)
    typed = {**again_typed(marta.get(page)), "result": "partly_upheld", "answer": MINE}
    make.clock.pass_by(days=8)
    answer = marta.post(page, data=typed)
    assert answer.status_code == 409
    assert MINE in answer.text
    assert 'value="partly_upheld"' not in answer.text
    assert results(make) == [None]


def test_nothing_is_ended_twice(
    make: Make, cast: Cast, client_for: ClientFor, item_id: UUID, page: str
) -> None:
    marta = client_for(cast.marta)
    typed = {**again_typed(marta.get(page)), "result": "upheld", "answer": MINE}
    ended(make, client_for, item_id, make.owner(cast.group_id))
    assert marta.post(page, data=typed).status_code == 409
    outcomes = make.done(lambda: list(db.session.scalars(select(Decision.outcome))))
    assert outcomes.count(Outcome.LIFT) == 1
