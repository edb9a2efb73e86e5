"""Words for somebody: who is told that they were answered or named, and what nobody learns."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from community.accounts.sanctions.rules import SanctionKind
from community.core.db import db
from community.core.text import to_html
from community.groups import actions as groups_actions
from community.groups.rules import HoldPolicy
from community.notifications.models import Notice
from community.threads import actions
from community.threads.answers.rules import Chosen
from community.threads.following import actions as following_actions
from community.threads.following.rules import Level
from community.threads.holds import actions as holds
from community.threads.mentions.rules import NAMED_MOST, in_bold, may_be_names, named
from community.threads.models import Post
from community.threads.mutes import actions as mutes_actions

KIND = "threads/spoken_to"


@pytest.fixture
def thread_id(cast, make):
    """Mori’s thread, so that whoever began it isn’t in the way."""
    return make.thread(cast.group_id, cast.mori)


def told(make) -> list[str]:
    """Who was told, by name."""
    rows = make.done(
        lambda: db.session.execute(
            select(Notice.account_id).where(Notice.kind == KIND).order_by(Notice.id)
        ).all()
    )
    return [make.actor(row.account_id).name for row in rows]


def answer(make, who, thread_id, to_id, words="I can see it.", *, unnamed=False):
    me, now, chosen = make.actor(who), make.clock.now(), Chosen(to_id)
    return make.done(
        lambda: actions.reply(me, thread_id, words, answer=chosen, unnamed=unnamed, now=now).post_id
    )


def name_of(make, post_id) -> str:
    return make.done(
        lambda: db.session.scalars(select(Post.pseudonym).where(Post.id == post_id)).one()
    )


# Which names stand in words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Ana", {"ana"}),
        ("Thank you, @ana.", {"ana"}),
        ("@ana maria’s window", {"ana maria"}),
        ("(@Ana)", {"ana"}),
        ("@Ana @Ben", {"ana", "ben"}),
        ("@Anabel", set()),
        ("ana@ben.example", set()),
        ("Ana and Ben", set()),
        ("@ Ana", set()),
        ("@@Ana", set()),
    ],
)
def test_a_name_stands_after_an_at(text, names):
    assert named(text, ["Ana", "Ben", "Ana Maria"]) == names


@given(st.text(max_size=500))
def test_whatever_is_written_names_few_and_changes_no_word(text):
    assert len(may_be_names(text)) <= NAMED_MOST
    known = {name for names in may_be_names(text) for name in names} | {"Ana", "<b>"}
    html = to_html(text)
    bold = in_bold(html, named(text, known))
    assert re.sub(r"</?strong>", "", bold) == re.sub(r"</?strong>", "", html)


def test_only_words_are_made_bold_and_no_address():
    html = to_html("[@Ana](https://example.org/@Ana) and @Ana, @Anabel")
    bold = in_bold(html, {"ana"})
    assert bold.count("<strong>@Ana</strong>") == 2
    assert 'href="https://example.org/@Ana"' in bold


# Who is told


@pytest.mark.holds("moderation:21")
def test_whoever_is_named_is_told_once_and_nobody_else(cast, make, thread_id):
    make.reply(thread_id, cast.ana, "@Ben and @ben and @Nobody, I could see it.")
    assert told(make) == ["Ben"]
    assert make.actor(cast.ben).news == 1
    assert make.actor(cast.hana).news == 0


def test_whoever_is_answered_is_told(cast, make, thread_id):
    post_id = make.reply(thread_id, cast.ben)
    answer(make, cast.ana, thread_id, post_id, "@Ben too")
    assert told(make) == ["Ben"]


def test_whoever_began_the_thread_is_told_of_the_reply_and_not_twice(cast, make, thread_id):
    answer(make, cast.ana, thread_id, make.opening(thread_id), "@Mori, I read it.")
    assert told(make) == []
    assert make.actor(cast.mori).news == 1


def test_nobody_is_told_by_themselves(cast, make, thread_id):
    make.reply(thread_id, cast.ana, "@Ana")
    assert told(make) == []


def test_how_a_thread_begins_can_name_somebody(cast, make):
    make.thread(cast.group_id, cast.ana, words="For @Ben.")
    assert told(make) == ["Ben"]


def test_names_that_a_change_brings_are_told_and_those_of_before_are_not_again(
    cast, make, thread_id
):
    post_id = make.reply(thread_id, cast.ana, "@Ben")
    now = make.clock.now()
    make.done(lambda: actions.edit(cast.ana, post_id, "@Ben and @Hana", 1, now=now))
    assert told(make) == ["Ben", "Hana"]


def test_few_are_told_of_one_post(cast, make, thread_id):
    people = [make.member(f"Neighbour{number}") for number in range(8)]
    for person in people:
        make.joined(cast.group_id, person, cast.mori)
    make.reply(thread_id, cast.ana, " ".join(f"@{person.name}" for person in people))
    assert len(told(make)) == NAMED_MOST


# Who is not


@pytest.mark.holds("moderation:21")
@pytest.mark.parametrize("keeps", ["ana", "ben"])
def test_of_two_who_keep_apart_neither_is_told(cast, make, thread_id, keeps):
    one, other = (cast.ana, cast.ben) if keeps == "ana" else (cast.ben, cast.ana)
    post_id = make.reply(thread_id, cast.ben, unnamed=True)
    make.kept_apart(one, other)
    make.reply(thread_id, cast.ana, "@Ben")
    answer(make, cast.ana, thread_id, post_id)
    make.reply(thread_id, cast.ana, f"@{name_of(make, post_id)}")
    assert told(make) == []


def test_whoever_muted_the_writer_or_the_thread_is_left_in_peace(cast, make, thread_id):
    now = make.clock.now()
    make.done(lambda: mutes_actions.mute_person(cast.ben, cast.ana.id, now=now))
    make.done(lambda: following_actions.follow_thread(cast.hana, thread_id, Level.NONE, now=now))
    make.reply(thread_id, cast.ana, "@Ben @Hana @Marta")
    assert told(make) == ["Marta"]


@pytest.mark.holds("moderation:23")
def test_nobody_is_told_of_what_they_cannot_read(cast, make, thread_id):
    make.member("Outside")
    make.done(lambda: groups_actions.leave(cast.ben, cast.group_id, now=make.clock.now()))
    make.held_back(cast.hana, SanctionKind.BAN, cast.group_id)
    make.held_back(cast.marta, SanctionKind.SUSPEND)
    make.reply(thread_id, cast.ana, "@Outside @Ben @Hana @Marta @Stranger")
    assert told(make) == []


def test_in_the_room_that_all_share_everybody_can_be_named(cast, make):
    thread_id = make.thread(make.everyone(), cast.ana)
    make.reply(thread_id, cast.ben, "@Stranger")
    assert told(make) == ["Stranger"]


def test_of_what_waits_they_are_told_when_it_is_shown(cast, make, thread_id):
    make.holds(cast.group_id, HoldPolicy.ALL)
    post_id = make.reply(thread_id, cast.ana, "@Ben")
    assert told(make) == []
    make.done(lambda: holds.show(post_id, now=make.clock.now()))
    assert told(make) == ["Ben"]
    make.done(lambda: holds.show(post_id, now=make.clock.now()))
    assert told(make) == ["Ben"]


# Made-up names


@pytest.mark.holds("moderation:22")
def test_a_made_up_name_reaches_whoever_has_it_in_this_thread_alone(cast, make, thread_id):
    post_id = make.reply(thread_id, cast.ben, unnamed=True)
    name = name_of(make, post_id)
    make.reply(thread_id, cast.ana, f"@{name}, I could see it.")
    assert told(make) == ["Ben"]
    make.reply(make.thread(cast.group_id, cast.mori), cast.ana, f"@{name}")
    assert told(make) == ["Ben"]


@pytest.mark.holds("moderation:22")
def test_what_is_written_without_a_name_rings_as_if_it_were_anybody_s(cast, make, thread_id):
    make.kept_apart(cast.ana, cast.ben)
    make.reply(thread_id, cast.ana, "@Ben", unnamed=True)
    assert told(make) == ["Ben"]


# What it looks like, and what nobody learns


def test_a_name_is_bold_if_they_have_written_there(cast, make, client_for, thread_id):
    make.reply(thread_id, cast.ben)
    make.reply(thread_id, cast.ana, "@Ben, @Hana, @Nobody")
    page = client_for(cast.marta).get(f"/threads/{thread_id}").text
    assert "<strong>@Ben</strong>, @Hana, @Nobody" in page
    assert "<a" not in page.partition("<strong>@Ben")[0].rpartition("<p>")[2]


@pytest.mark.holds("moderation:21", "moderation:22")
def test_the_page_is_the_same_whoever_is_there_or_was_told(cast, make, client_for):
    """Somebody who tries names learns nothing: not who is here, and not who keeps apart."""
    make.member("Outside")
    make.kept_apart(cast.hana, cast.ana)

    def after(name: str) -> str:
        thread_id = make.thread(cast.group_id, cast.mori)
        make.reply(thread_id, cast.hana)
        make.reply(thread_id, cast.ben, unnamed=True)
        make.reply(thread_id, cast.ana, f"@{name}")
        page = unescape(client_for(cast.ana).get(f"/threads/{thread_id}").text)
        return page.partition(f"@{name}")[0][-60:] + page.partition(f"@{name}")[2][:20]

    pages = {re.sub(r"\s+", " ", after(name)) for name in ("Ben", "Hana", "Outside", "Nobody")}
    assert len(pages) == 1


def test_the_letter_names_nobody(cast, make, letters, thread_id):
    make.reply(thread_id, cast.ana, "@Ben")
    facts = make.done(
        lambda: db.session.scalars(select(Notice.facts).where(Notice.kind == KIND)).one()
    )
    assert list(facts) == ["post_id"]


def test_words_without_an_at_cost_no_statement_more(cast, make, cost, thread_id):
    def statements(words: str) -> int:
        cost.statements.clear()
        make.reply(thread_id, cast.ana, words)
        return sum("lower(" in each for each in cost.statements)

    assert statements("I could see it.") == 0
    assert statements("@Ben") > 0
