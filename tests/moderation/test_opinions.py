"""A second opinion: asked for, said, shown to whoever decides, and no part of the other look."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from community.core.db import db
from community.core.letters import OutboxLetter
from community.moderation.models import READ, AuditEvent, Decision
from community.moderation.opinions.models import SecondOpinion
from community.moderation.opinions.rules import (
    ASKED_ALREADY,
    OWN_QUESTION,
    goes_further,
    may_ask,
    may_give,
    who_is_asked,
)
from community.moderation.rules.case import NOT_NOW, Outcome
from community.moderation.rules.reasons import Scope
from tests.moderation.test_actions import queued
from tests.moderation.test_rules import NOON, case, moderator, person
from tests.pages import plain, send

THINKS = "It reads like her own story to me."

# The rules


@pytest.mark.holds("moderation:1", "moderation:11")
def test_who_may_ask_and_who_may_say_what_they_think() -> None:
    mori, marta, author = moderator(), moderator(), moderator()
    item = case(mori.id, marta.id, author.id, author=author.id)
    assert may_ask(mori, item, None, NOON)
    assert may_ask(mori, item, marta.id, NOON).reason is ASKED_ALREADY
    assert may_give(marta, item, mori.id, NOON)
    assert may_give(mori, item, mori.id, NOON).reason is OWN_QUESTION
    assert may_give(marta, item, None, NOON).reason is NOT_NOW
    closed = replace(item, is_open=False)
    assert may_ask(mori, closed, None, NOON).reason is NOT_NOW
    assert may_give(marta, closed, mori.id, NOON).reason is NOT_NOW
    for nobody in (author, person(), person(group=uuid4())):
        assert may_ask(nobody, item, None, NOON).reason.status == 404
        assert may_give(nobody, item, mori.id, NOON).reason.status == 404


def test_with_nobody_else_in_the_group_it_goes_further() -> None:
    mori, marta = moderator(), moderator()
    assert not goes_further(mori, case(mori.id, marta.id))
    assert goes_further(mori, case(mori.id, marta.id, reporters=frozenset({marta.id})))


@pytest.mark.holds("moderation:11")
@pytest.mark.parametrize("scope", Scope)
def test_who_hears_that_it_was_asked(scope: Scope) -> None:
    mori, marta, author, reporter = (moderator() for _ in range(4))
    pat, away = person(), person()
    in_group = case(mori.id, marta.id, author.id, reporter.id, author=author.id)
    item = replace(
        in_group,
        scope=scope,
        reporters=frozenset({reporter.id}),
        site=frozenset({pat.id, away.id}),
        kept_away=frozenset({away.id}),
    )
    told = {Scope.GROUP: {marta.id}, Scope.BOTH: {marta.id, pat.id}, Scope.PLATFORM: {pat.id}}
    assert who_is_asked(mori, item, NOON) == told[scope]


# The pages


@pytest.fixture
def item_id(cast, make, reply_id):
    return make.report(reply_id, cast.ben, "medical_claim")


@pytest.fixture
def page(item_id):
    return f"/moderation/{item_id}"


def test_one_asks_another_says_what_they_think_and_whoever_decides_reads_it(
    cast, make, client_for, clock, page, item_id
) -> None:
    mori, marta = client_for(cast.mori), client_for(cast.marta)
    assert f"{page}/ask-others" in mori.get(page).text
    assert send(mori, f"{page}/ask-others", words="Advice, or a story?").location == page
    assert "You’ve asked what others think." in plain(mori.get("/moderation"))
    assert "Somebody asks what you think." in plain(marta.get("/moderation"))
    assert f"{page}/opinion" in marta.get(page).text
    assert f"{page}/opinion" not in mori.get(page).text
    assert "Advice, or a story?" in plain(marta.get(f"{page}/opinion"))
    assert send(marta, f"{page}/opinion", words=THINKS).location == page
    for browser in (mori, marta):
        assert THINKS in plain(browser.get(page))
        assert "Somebody asks what you think." not in plain(browser.get("/moderation"))
    assert f"{page}/ask-others" in mori.get(page).text  # again, if they like
    make.decision(item_id, cast.mori, Outcome.KEEP)  # the version is as it was
    with make.app.app_context():
        written = db.session.scalars(select(AuditEvent.action).order_by(AuditEvent.id))
        acts = [each for each in written if each != READ]
        assert acts == ["asked-opinion", "opinion", "keep"]


def test_words_stay_where_they_were_typed_and_none_are_needed_to_ask(
    cast, make, client_for, page
) -> None:
    mori, marta = client_for(cast.mori), client_for(cast.marta)
    too_long = send(mori, f"{page}/ask-others", words="x" * 2001)
    assert too_long.status_code == 422
    assert "x" * 2001 in too_long.text
    assert send(mori, f"{page}/ask-others", words="").status_code == 302
    assert send(marta, f"{page}/ask-others", words="Me too").status_code == 409
    empty = send(marta, f"{page}/opinion", words=" ")
    assert empty.status_code == 422
    assert "Say what you think, in a few words." in empty.text
    assert send(mori, f"{page}/opinion", words=THINKS).status_code == 403
    with make.app.app_context():
        assert db.session.scalars(select(SecondOpinion.opinion)).all() == [None]


@pytest.mark.holds("moderation:11", "asvs:2")
def test_for_everybody_else_there_is_nothing_to_ask_or_to_say(cast, client_for, page) -> None:
    send(client_for(cast.mori), f"{page}/ask-others", words="")
    for path in (f"{page}/ask-others", f"{page}/opinion"):
        for who in (cast.ana, cast.ben, cast.hana, cast.stranger, cast.pat):
            assert client_for(who).get(path).status_code == 404
            assert send(client_for(who), "/calls", path, words=THINKS).status_code == 404
        assert "/sign-in" in client_for().get(path).location


def test_the_last_one_in_a_group_asks_those_of_the_site(
    cast, make, client_for, clock, page, item_id
) -> None:
    for each in (cast.marta, make.owner(cast.group_id)):
        make.held_back(each)
    mori = client_for(cast.mori)
    assert queued(make, cast.pat.id, clock) == ([], 0)
    assert "So the site’s moderators will see it too." in plain(mori.get(f"{page}/ask-others"))
    send(mori, f"{page}/ask-others", words="")
    assert queued(make, cast.pat.id, clock) == ([item_id], 0)
    assert send(client_for(cast.pat), f"{page}/opinion", words=THINKS).status_code == 302
    assert THINKS in plain(mori.get(page))


@pytest.mark.holds("moderation:11", "promise:10")
def test_everybody_else_who_may_decide_is_told_once_and_nobody_whom_it_concerns(
    cast, make, client_for, page, item_id, letters
) -> None:
    owner = make.owner(cast.group_id)
    make.report(make.opening(make.thread(cast.group_id, cast.ana)), cast.marta)  # of another item
    before = len(letters())
    send(client_for(cast.mori), f"{page}/ask-others", words="Secret question")
    send(client_for(cast.mori), f"{page}/ask-others", words="Again")
    told = letters()[before:]
    each = sorted((name, "opinion_asked") for name in ("Marta", owner.name))
    assert sorted(told) == each
    assert "somebody who looks after it would like to know" in plain(
        client_for(cast.marta).get("/news")
    )
    with make.app.app_context():
        facts = db.session.scalars(select(OutboxLetter.facts)).all()
        assert not any("Secret question" in str(kept) for kept in facts)
    send(client_for(cast.marta), f"{page}/opinion", words=THINKS)
    send(client_for(cast.mori), f"{page}/ask-others", words="Something else")
    assert sorted(letters()[before:]) == sorted(each * 2)


@pytest.mark.holds("moderation:9")
def test_whoever_said_what_they_think_does_not_hear_whoever_asks_again(
    cast, make, client_for, page, item_id
) -> None:
    send(client_for(cast.mori), f"{page}/ask-others", words="")
    send(client_for(cast.marta), f"{page}/opinion", words=THINKS)
    make.decision(item_id, cast.mori, Outcome.REMOVE)
    with make.app.app_context():
        decision_id = db.session.scalars(select(Decision.id)).one()
    ask = f"/decisions/{decision_id}/another-look"
    assert send(client_for(cast.ana), ask, words="").status_code == 302
    for who in (cast.mori, cast.marta):
        assert "/moderation/appeals/" not in client_for(who).get("/moderation").text
    owner = client_for(make.owner(cast.group_id))
    assert "/moderation/appeals/" in owner.get("/moderation").text
