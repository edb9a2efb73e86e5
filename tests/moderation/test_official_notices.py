"""Keeping apart from those who work for the place hides nothing of what they decided, and what is
given back comes back whole."""

import re

import pytest
from sqlalchemy import select

from community.accounts.sanctions.rules import SanctionKind
from community.core.db import db
from community.moderation.models import Decision
from community.moderation.rules.case import Outcome
from community.threads.models import Post
from community.threads.resonance import actions as resonance_actions
from community.threads.resonance.models import Resonance
from community.threads.resonance.rules import Word
from tests.pages import plain, send, send_as_seen

WHY = "It tells others what to do."
ANSWER = {"result": "upheld", "answer": "You wrote about your own tablets."}


@pytest.fixture
def item_id(cast, make, reply_id):
    return make.report(reply_id, cast.ben, "medical_claim")


@pytest.fixture
def looked_again(client_for):
    """Somebody asks for another look at what was decided about a post, and it is answered."""

    def happen(author, post_id, answerer) -> None:
        browser = client_for(author)
        statement = browser.get(f"/posts/{post_id}/statement").text
        [way] = re.findall(r'href="(/decisions/[^"]+/another-look)"', statement)
        assert send(browser, way, words="I don’t think so.").status_code == 302
        [page] = re.findall(
            r'href="(/moderation/appeals/[^"]+)"', client_for(answerer).get("/moderation").text
        )
        assert send_as_seen(client_for(answerer), page, **ANSWER).status_code == 302

    return happen


@pytest.mark.holds("moderation:21")
def test_who_keeps_apart_from_everybody_who_moderates_reads_what_they_decided(
    cast, make, client_for, reply_id, item_id, arrived, looked_again
) -> None:
    make.decision(item_id, cast.mori, Outcome.REMOVE, why=WHY)
    for one in (cast.mori, cast.pat):
        make.kept_apart(cast.ana, one)
    ana = client_for(cast.ana)
    assert WHY in plain(ana.get(f"/posts/{reply_id}/statement"))
    assert re.search("/news/[0-9a-f-]{36}", ana.get("/news", follow_redirects=True).text)
    assert any(WHY in body for _, body in arrived("ana@example.org"))
    looked_again(cast.ana, reply_id, cast.marta)
    make.kept_apart(cast.ana, cast.marta)
    assert ANSWER["answer"] in arrived("ana@example.org")[-1][1]
    assert ANSWER["answer"] in plain(ana.get(f"/posts/{reply_id}/statement"))


@pytest.mark.holds("moderation:21")
def test_so_does_whoever_kept_apart_from_them_before(
    cast, make, client_for, reply_id, item_id, arrived
) -> None:
    make.kept_apart(cast.ana, cast.pat)
    lee = make.member("Lee")
    make.kept_apart(lee, cast.ana)
    make.decision(item_id, cast.mori, Outcome.HIDE, why=WHY)
    make.sanction(item_id, cast.mori, SanctionKind.MUTE, 7, version=2, why="And again since.")
    ana = client_for(cast.ana)
    assert WHY in plain(ana.get(f"/posts/{reply_id}/statement"))
    assert "And again since." in plain(ana.get("/in-force"))
    told = [body for _, body in arrived("ana@example.org")]
    assert all(any(words in body for body in told) for words in (WHY, "And again since."))


@pytest.mark.holds("moderation:21")
def test_a_pause_of_somebody_one_keeps_apart_from_is_said_with_its_reason(
    cast, make, client_for
) -> None:
    thread_id = make.thread(cast.group_id, cast.ana)
    make.kept_apart(cast.ben, cast.mori)
    rested = {"rule": "kindness", "why": "A breath for all of us.", "days": "3", "seen": ""}
    send(client_for(cast.mori), f"/threads/{thread_id}/pace/pause", **rested)
    seen = plain(client_for(cast.ben).get(f"/threads/{thread_id}"))
    assert "A breath for all of us." in seen


@pytest.mark.holds("moderation:9")
def test_what_was_given_in_a_word_is_there_again_when_the_author_was_right(
    cast, make, client_for, reply_id, item_id, looked_again
) -> None:
    given = [(cast.ben, Word.WITH_YOU), (cast.mori, Word.HELPED_ME)]
    for who, word in given:
        me, now = make.actor(who), make.clock.now()
        make.done(lambda me=me, word=word, now=now: resonance_actions.give(
            me, reply_id, word, now=now))  # fmt: skip
    before = words_for_the_author(make, client_for, cast, reply_id)
    assert before
    make.decision(item_id, cast.mori, Outcome.REMOVE, why=WHY)
    looked_again(cast.ana, reply_id, cast.marta)
    rows = select(Resonance.account_id, Resonance.word).where(Resonance.post_id == reply_id)
    kept = make.done(lambda: {tuple(row) for row in db.session.execute(rows)})
    assert kept == {(who.id, word) for who, word in given}
    assert words_for_the_author(make, client_for, cast, reply_id) == before
    assert make.done(lambda: db.session.get_one(Post, reply_id).hidden_until) is None
    assert make.done(lambda: len(db.session.scalars(select(Decision)).all())) == 2


def words_for_the_author(make, client_for, cast, reply_id) -> list[str]:
    thread_id = make.thread_of(reply_id)
    page = client_for(cast.ana).get(f"/threads/{thread_id}").text
    return re.findall(r"[^<>]*(?:is with you|are with you|helped)[^<>]*", page)
