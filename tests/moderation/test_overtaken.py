"""A step that waits for a second person, and what others decide about its item meanwhile."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from community.accounts.sanctions.models import Sanction
from community.accounts.sanctions.rules import SanctionKind
from community.core.actor import Staff
from community.core.db import db
from community.core.verdict import STALE
from community.moderation.appeals.models import Appeal
from community.moderation.models import AuditEvent, Decision, ReviewItem
from community.moderation.rules.case import Outcome
from community.moderation.rules.reasons import Scope
from community.moderation.sanctions.models import SanctionProposal
from community.moderation.sanctions.rules import (
    ANSWERED,
    OVERTAKEN,
    Proposal,
    Second,
    Step,
    may_answer_so,
)
from tests.moderation.test_rules import NOON, case
from tests.moderation.test_sanction_rules import ANA, LEAD, WRITER, here
from tests.moderation.test_sanctions import refused, rows
from tests.pages import plain, send, send_as_seen

BAN, SUSPEND = SanctionKind.BAN, SanctionKind.SUSPEND
WHY = "It says what they tried, and no more."
MY_WORDS = "I’ve read it twice, and thought about it for a day."


@pytest.fixture
def item_id(cast, make, reply_id) -> UUID:
    return make.report(reply_id, cast.ben, "stop_treatment")


@pytest.fixture
def proposal_id(cast, make, item_id) -> UUID:
    """Mori would keep Ana from the group; an owner, or somebody of the site, has to agree."""
    make.sanction(item_id, cast.mori, BAN, 90)
    return rows(make, SanctionProposal)[0].id


@pytest.fixture
def place(proposal_id) -> str:
    return f"/moderation/proposed/{proposal_id}"


def decided(make, item_id, who, outcome: Outcome, version: int = 2) -> None:
    make.decision(item_id, who, outcome, version=version, why=WHY)


def version_of(make, item_id) -> int:
    of = select(ReviewItem.version).where(ReviewItem.id == item_id)
    return make.done(lambda: db.session.scalars(of).one())


def in_force(make) -> int:
    of = select(func.count()).select_from(Sanction).where(Sanction.lifted_at.is_(None))
    return make.done(lambda: db.session.scalars(of).one())


def upheld(make, client_for, cast, by) -> None:
    """Ana asks for another look at what was decided last, and somebody finds that she is right."""
    newest = select(Decision.id).order_by(Decision.id.desc()).limit(1)
    about = f"/decisions/{make.done(lambda: db.session.scalars(newest).one())}/another-look"
    send(client_for(cast.ana), about, words="They were my own tablets.")
    asked = make.done(lambda: db.session.scalars(select(Appeal.id)).one())
    look = f"/moderation/appeals/{asked}"
    answer = send_as_seen(client_for(by), look, result="upheld", answer="It is their own story.")
    assert answer.location == look
    assert client_for(by).get(look).status_code == 200


# What was decided meanwhile


@pytest.mark.holds("moderation:3", "moderation:10")
def test_nobody_agrees_to_a_step_about_what_was_left_as_it_is_since(
    cast, make, item_id, proposal_id
) -> None:
    decided(make, item_id, cast.marta, Outcome.KEEP)
    assert refused(lambda: make.answered(proposal_id, cast.pat)) == "overtaken"
    assert in_force(make) == 0
    assert make.answered(proposal_id, cast.pat, agree=False) is None
    assert [each.agreed for each in rows(make, SanctionProposal)] == [False]


def test_a_step_goes_on_where_the_words_were_removed_meanwhile(
    cast, make, item_id, proposal_id
) -> None:
    decided(make, item_id, cast.marta, Outcome.REMOVE)
    assert make.answered(proposal_id, cast.pat) == cast.ana.id
    assert in_force(make) == 1


@pytest.mark.holds("moderation:9", "moderation:10")
def test_another_look_that_finds_for_the_author_ends_what_is_proposed(
    cast, make, client_for, item_id, proposal_id
) -> None:
    decided(make, item_id, cast.marta, Outcome.REMOVE)
    upheld(make, client_for, cast, by=make.owner(cast.group_id))
    (asked,) = rows(make, SanctionProposal)
    assert (asked.agreed, asked.answered_by) == (False, make.owner(cast.group_id).id)
    assert "declined" in [event.action for event in rows(make, AuditEvent)]
    assert refused(lambda: make.answered(proposal_id, cast.pat)) == "answered"
    assert in_force(make) == 0


def test_its_page_says_what_was_decided_meanwhile_and_offers_no_yes(
    cast, make, client_for, item_id, place
) -> None:
    pat = client_for(cast.pat)
    before = pat.get(place)
    assert "Decided since then" not in before.text
    assert 'value="yes"' in before.text
    decided(make, item_id, cast.marta, Outcome.KEEP)
    after = pat.get(place)
    assert "Decided since then" in after.text
    assert "Left as it is. Marta" in plain(after)
    assert WHY in after.text
    assert 'value="yes"' not in after.text
    version = version_of(make, item_id)
    assert send(pat, place, agree="no", words="", version=version).location == place
    assert "Pat said no." in plain(pat.get(place))


def test_the_page_of_the_person_says_what_waits_for_whom(
    cast, client_for, item_id, proposal_id
) -> None:
    page = plain(client_for(cast.marta).get(f"/moderation/{item_id}/person"))
    assert "Until somebody looks again, in 90 days. By Mori" in page
    assert "It waits for somebody else. Nothing has happened yet." in page


# What they saw


@pytest.mark.holds("moderation:3")
def test_an_answer_says_which_item_it_is_about(cast, make, client_for, item_id, place) -> None:
    pat = client_for(cast.pat)
    answer = send(pat, place, agree="yes", words=MY_WORDS)
    assert answer.status_code == 422
    assert MY_WORDS in answer.text
    assert "Open this page again" in answer.text
    assert in_force(make) == 0
    assert f'name="version" value="{version_of(make, item_id)}"' in answer.text


@pytest.mark.holds("moderation:3")
@pytest.mark.parametrize("outcome", [Outcome.KEEP, Outcome.REMOVE])
def test_an_answer_to_an_older_item_is_not_taken_and_the_words_stay(
    cast, make, client_for, item_id, place, outcome
) -> None:
    decided(make, item_id, cast.marta, outcome)
    answer = send(client_for(cast.pat), place, agree="yes", words=MY_WORDS, version="2")
    assert answer.status_code == 409
    words = plain(answer)
    assert "Something changed since you opened this page, so nothing was sent." in words
    assert "Marta" in words
    assert WHY in words
    assert MY_WORDS in words
    assert in_force(make) == 0
    again = {"agree": "yes", "words": MY_WORDS, "version": "3"}
    status = send(client_for(cast.pat), place, **again).status_code
    assert status == (409 if outcome is Outcome.KEEP else 302)


@pytest.mark.holds("moderation:3")
def test_an_answer_after_somebody_else_s_shows_theirs_and_the_words_stay(
    cast, make, client_for, item_id, proposal_id, place
) -> None:
    pat, petra = client_for(cast.pat), make.staff("Petra", Staff.PLATFORM_MODERATOR)
    typed = {"agree": "yes", "words": MY_WORDS, "version": "2"}
    make.answered(proposal_id, petra, agree=False)
    answer = send(pat, "/groups/new", to=place, **typed)
    assert answer.status_code == 409
    words = plain(answer)
    assert "Somebody answered this before you, so nothing was sent." in words
    assert "Petra said no." in words
    assert MY_WORDS in words


@pytest.mark.holds("moderation:3", "moderation:10")
@pytest.mark.parametrize("outcome", Outcome)
def test_whoever_answers_says_yes_to_what_nothing_else_was_decided_about(outcome) -> None:
    item = case(author=ANA, scope=Scope.BOTH)
    asked = Proposal(Step(BAN, 90), Second.OWNER, uuid4(), is_answered=False)
    asked = replace(asked, since=(outcome, Outcome.REMOVE))
    is_overtaken = outcome in {Outcome.KEEP, Outcome.APPROVE}
    what = (here(LEAD), item, WRITER, asked)
    yes = may_answer_so(*what, 3, NOON, agree=True)
    assert yes.reason is (OVERTAKEN if is_overtaken else None)
    assert may_answer_so(*what, 3, NOON, agree=False)
    for agree in (True, False):
        assert may_answer_so(*what, 2, NOON, agree=agree).reason is STALE
    done = replace(asked, is_answered=True)
    again = may_answer_so(here(LEAD), item, WRITER, done, 2, NOON, agree=True)
    assert again.reason is ANSWERED


# Who is told, and who counts it


@pytest.mark.holds("moderation:10", "moderation:25")
def test_a_long_step_is_told_to_those_of_the_site_who_are_free_to_answer(
    cast, make, item_id, letters, arrived
) -> None:
    """Petra proposes it; Otto keeps apart from Ana, and Hana is nobody of the site."""
    petra = make.staff("Petra", Staff.PLATFORM_MODERATOR)
    otto = make.staff("Otto", Staff.PLATFORM_MODERATOR)
    make.kept_apart(otto, cast.ana)
    make.sanction(item_id, petra, SUSPEND, 90)
    told = sorted(who for who, kind in letters() if kind == "sanction_proposed")
    assert "Pat" in told
    assert not {"Petra", "Otto", "Mori", "Marta", "Ana", "Ben"} & set(told)
    assert len(told) == len(set(told))
    ((subject, body),) = [each for each in arrived("pat@example.org") if "agree" in each[0]]
    for words in ("Ana", "Ben", "Petra", "tablets", "You own the group"):
        assert words not in subject + body


@pytest.mark.holds("moderation:1", "moderation:10")
def test_an_owner_who_reported_it_is_not_asked_to_agree(
    cast, make, reply_id, item_id, letters
) -> None:
    make.report(reply_id, make.owner(cast.group_id), "stop_treatment")
    make.sanction(item_id, cast.mori, BAN, 90, version=version_of(make, item_id))
    assert len(rows(make, SanctionProposal)) == 1
    assert "sanction_proposed" not in [kind for _, kind in letters()]


@pytest.mark.holds("moderation:25")
def test_what_waits_for_an_answer_or_another_look_is_counted_where_it_stands(
    cast, make, client_for, item_id, proposal_id
) -> None:
    decided(make, item_id, cast.marta, Outcome.REMOVE)
    pat, mori = client_for(cast.pat), client_for(cast.mori)
    for page in ("/home", "/moderation", "/calls"):
        assert "Moderation (1 waits for you)" in plain(pat.get(page))
        assert "waits for you)" not in plain(mori.get(page))
    assert "Nothing waits for you." not in pat.get("/moderation").text
    assert "Nothing waits for you." in mori.get("/moderation").text
    make.answered(proposal_id, cast.pat)
    assert "Nothing waits for you." in pat.get("/moderation").text
    make.clock.pass_by(days=90)
    again = client_for(cast.pat)
    for page in ("/home", "/moderation"):
        assert "Moderation (1 waits for you)" in plain(again.get(page))
    assert "Nothing waits for you." not in again.get("/moderation").text


@pytest.mark.holds("moderation:25")
def test_many_that_wait_for_an_answer_take_the_statements_that_one_takes(
    cast, make, client_for, cost, proposal_id
) -> None:
    pat = client_for(cast.pat)

    def statements() -> list[int]:
        counts = []
        for page in ("/calls", "/moderation"):
            cost.statements.clear()
            pat.get(page)
            counts.append(int(cost))
        return counts

    statements()
    one = statements()
    thread_id = make.thread(cast.group_id, cast.ben)
    for _ in range(5):
        item_id = make.report(make.reply(thread_id, cast.ana), cast.ben, "stop_treatment")
        make.sanction(item_id, cast.mori, BAN, 90)
    assert statements() == one
    assert "Moderation (12 wait for you)" in plain(pat.get("/calls"))  # six items, six steps
