"""What can’t wait: whoever may decide is told of it, and every page of theirs says what waits."""

import pytest
from hypothesis import given

from community.core.actor import Staff
from community.moderation.rules.case import Case
from tests.moderation.test_rules import NOON, cases, people
from tests.pages import plain, send


def told(letters) -> list[str]:
    return sorted(name for name, kind in letters() if kind == "cant_wait")


@pytest.mark.holds("moderation:1")
@given(cases, people)
def test_nobody_is_told_of_what_they_may_not_open(item: Case, actor) -> None:
    if actor.id in item.deciders_at(NOON) and (
        actor.id not in item.moderators or actor.moderates(item.group_id)
    ):
        assert actor.id not in item.took_part_in


@pytest.mark.holds("seed:16", "promise:10")
def test_a_crisis_is_told_to_the_group_and_the_site_once_and_says_nothing(
    cast, make, reply_id, letters, arrived
) -> None:
    make.staff("Lea", Staff.SAFETY_LEAD)
    make.report(reply_id, cast.ben, "crisis_self", "Please look.")
    make.report(reply_id, cast.hana, "crisis_self")
    make.report(reply_id, cast.hana, "stop_treatment")
    owner = make.owner(cast.group_id).name
    site = {"Pat", "Lea"} | {name for name in told(letters) if name.startswith("Opener")}
    assert set(told(letters)) == {"Marta", "Mori", owner} | site
    assert len(told(letters)) == len(set(told(letters)))
    ((subject, body),) = arrived("mori@example.org")
    assert subject == "Circles: something is better looked at soon"
    for words in ("Ana", "Ben", "Please look", "tablets", "hurt", "crisis", "report"):
        assert words not in subject + body


@pytest.mark.holds("moderation:1", "moderation:7", "moderation:10")
def test_who_had_a_part_in_it_is_not_told(cast, make, letters) -> None:
    """Whoever reported it, wrote it, keeps apart or is answered in it."""
    thread_id = make.thread(cast.group_id, cast.marta)
    reply_id = make.reply(thread_id, cast.mori, "You’ll be sorry.")
    make.report(reply_id, cast.ana, "threat_other")
    assert not {"Mori", "Marta", "Ana"} & set(told(letters))
    assert "Pat" in told(letters)


@pytest.mark.parametrize("reason", ["spam", "disbelief", "privacy_id"])
def test_what_can_wait_is_told_to_nobody(cast, make, reply_id, letters, reason) -> None:
    make.report(reply_id, cast.ben, reason)
    assert told(letters) == []


def test_what_becomes_graver_is_told_then(cast, make, reply_id, letters) -> None:
    make.report(reply_id, cast.ben, "spam")
    make.report(reply_id, cast.hana, "child")
    assert "Pat" in told(letters)
    assert "Mori" not in told(letters)  # for the site’s alone


@pytest.mark.holds("moderation:23", "moderation:25")
def test_every_page_of_a_moderator_says_how_much_waits_and_no_page_of_a_member(
    cast, make, client_for, reply_id
) -> None:
    mori, ana = client_for(cast.mori), client_for(cast.ana)
    for page in ("/home", "/moderation", "/calls"):
        assert "for you)" not in plain(mori.get(page))
    item_id = make.report(reply_id, cast.ben, "spam")
    thread_id = make.thread_of(reply_id)
    send(client_for(cast.hana), f"/threads/{thread_id}/tell", words="")
    for page in ("/home", "/moderation", "/calls", f"/moderation/{item_id}"):
        assert "Moderation (2 wait for you)" in plain(mori.get(page))
    assert "2 things wait for a moderator" in plain(mori.get("/home"))
    assert "wait for you" not in plain(client_for(cast.stranger).get("/home"))
    for page in ("/home", "/calls", f"/threads/{thread_id}"):
        words = plain(ana.get(page))
        assert "for you)" not in words
        assert "wait for a moderator" not in words


def test_a_member_pays_nothing_for_it_and_a_moderator_the_same_for_one_as_for_many(
    cast, make, client_for, cost
) -> None:
    browsers = {who.name: client_for(who) for who in (cast.ana, cast.mori)}

    def statements(who: str) -> int:
        cost.statements.clear()
        browsers[who].get("/calls")
        return len(cost.statements)

    before = statements("Ana")
    thread_id = make.thread(cast.group_id, cast.ben)
    make.report(make.reply(thread_id, cast.ana), cast.ben, "spam")
    one = statements("Mori")
    for _ in range(5):
        make.report(make.reply(thread_id, cast.ana), cast.ben, "spam")
    assert statements("Mori") == one
    assert statements("Ana") == before
