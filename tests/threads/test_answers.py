"""Replies to somebody: to whom, under which sentence, and only while that stands there."""

import re
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from community.accounts.models import Account
from community.core.db import db
from community.core.text import to_html
from community.groups.rules import HoldPolicy
from community.moderation.rules.case import Outcome
from community.threads import actions, queries
from community.threads.answers.models import Answer
from community.threads.answers.rules import (
    SENTENCE_MOST,
    SENTENCES_MOST,
    Chosen,
    sentences,
)
from community.threads.models import Post
from community.threads.mutes import actions as mutes_actions
from community.threads.notes import actions as notes_actions
from community.threads.notes.rules import NoteKind, Showing
from community.threads.taken_back import actions as taken_back_actions
from tests.pages import plain, send

STORY = "Nothing happened. That’s the whole story.\n\nIt was *lovely*. Was it?"
QUOTE = "It was lovely."


@pytest.fixture
def thread_id(cast, make):
    return make.thread(cast.group_id, cast.ana, words=STORY)


@pytest.fixture
def to_id(make, thread_id):
    return make.opening(thread_id)


def mark_of(make, post_id, sentence=QUOTE) -> UUID:
    html = make.done(lambda: queries.reviewed(post_id).html)
    return {words: mark for mark, words in sentences(post_id, html).items()}[sentence]


def answer(make, who, thread_id, to_id, mark=None, words="I can see it.", **how) -> UUID:
    me, now, chosen = make.actor(who), make.clock.now(), Chosen(to_id, mark)
    return make.done(
        lambda: actions.reply(me, thread_id, words, answer=chosen, now=now, **how).post_id
    )


def kept(make) -> list[tuple[UUID, UUID | None]]:
    rows = select(Answer.to_id, Answer.mark)
    return make.done(lambda: [tuple(row) for row in db.session.execute(rows)])


def quotes(page) -> list[str]:
    return re.findall(r'<blockquote class="answered"[^>]*><p>“(.*?)”</p>', page.text)


# What can be quoted


def test_sentences_are_as_they_are_read():
    post_id = uuid4()
    html = to_html(
        f"{STORY}\n\n> Somebody else’s.\n\n- One\n- “Two.” Three! https://example.org/a.b"
    )
    assert list(sentences(post_id, html).values()) == [
        "Nothing happened.",
        "That’s the whole story.",
        "It was lovely.",
        "Was it?",
        "One",
        "“Two.”",
        "Three!",
        "https://example.org/a.b",
    ]


def test_what_is_quoted_in_a_post_cannot_be_quoted_again():
    assert sentences(uuid4(), to_html("> Mine.\n>\n> > Theirs.")) == {}


def test_a_mark_is_of_one_sentence_of_one_post():
    one, other = (sentences(uuid4(), to_html(STORY)) for _ in range(2))
    assert not one.keys() & other.keys()
    assert len(sentences(uuid4(), to_html("Yes. Yes. Yes."))) == 1


@given(st.text(max_size=2_000))
def test_whatever_was_written_can_be_taken_apart(text):
    found = sentences(uuid4(), to_html(text)).values()
    assert len(found) <= SENTENCES_MOST
    assert all(0 < len(each) <= SENTENCE_MOST and each == each.strip() for each in found)


# Writing to somebody


def test_the_way_leads_into_the_box_which_says_whom_it_is_for(cast, client_for, thread_id, to_id):
    ben = client_for(cast.ben)
    place = f"/threads/{thread_id}?to={to_id}"
    page = ben.get(f"/threads/{thread_id}")
    assert f'href="{place}#reply"' in page.text
    assert "Write to Ana" not in page.text
    there = ben.get(place)
    assert "Write to Ana" in there.text
    assert f'name="answers" type="hidden" value="{to_id}"' in there.text
    assert "Quote a sentence of Ana’s post" in plain(there)
    assert there.text.count('type="radio"') >= 5
    assert re.search(r'<input checked id="mark"[^>]* value="">', there.text)
    everybody = ben.get(f"/threads/{thread_id}?to=")
    assert "Write to Ana" not in everybody.text


def test_a_reply_says_to_whom_it_is_and_above_which_sentence(
    cast, client_for, make, thread_id, to_id
):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    mark = str(mark_of(make, to_id))
    send(ben, page, f"{page}/replies", words="I can see it.", answers=str(to_id), mark=mark)
    there = client_for(cast.hana).get(page)
    assert "pm, to Ana" in plain(there)
    assert quotes(there) == [QUOTE]
    assert "pm, to you" in plain(client_for(cast.ana).get(page))


def test_without_a_sentence_there_is_only_the_name(cast, client_for, make, thread_id, to_id):
    answer(make, cast.ben, thread_id, to_id)
    answer(make, cast.ben, thread_id, to_id, uuid4(), "Again.")
    there = client_for(cast.hana).get(f"/threads/{thread_id}")
    assert plain(there).count("pm, to Ana") == 2
    assert quotes(there) == []


def test_nothing_of_the_words_is_kept_with_the_reply(cast, make, thread_id, to_id):
    mark = mark_of(make, to_id)
    answer(make, cast.ben, thread_id, to_id, mark)
    assert kept(make) == [(to_id, mark)]


@pytest.mark.parametrize("elsewhere", ["own", "other thread", "nobody’s", "hidden group"])
def test_what_isnt_there_to_be_answered_is_left_out(cast, client_for, make, thread_id, elsewhere):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    others = {
        "own": lambda: make.reply(thread_id, cast.ben),
        "other thread": lambda: make.opening(make.thread(cast.group_id, cast.ana)),
        "nobody’s": uuid4,
        "hidden group": lambda: make.opening(
            make.thread(make.group("Far", members=[cast.hana]), cast.hana)
        ),
    }
    to_id = others[elsewhere]()
    assert "Write to" not in plain(ben.get(f"{page}?to={to_id}"))
    assert (
        send(ben, page, f"{page}/replies", words="All the same.", answers=str(to_id)).status_code
        == 302
    )
    assert "All the same." in ben.get(page).text
    assert kept(make) == []


@pytest.mark.parametrize("to", ["", "x", "\0", "1" * 500])
def test_whatever_is_asked_for_there_is_a_page(cast, client_for, thread_id, to):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    assert ben.get(page, query_string={"to": to}).status_code == 200
    answer = send(ben, page, f"{page}/replies", words="All the same.", answers=to, mark=to)
    assert answer.status_code == 302


def test_a_draft_keeps_to_whom_it_is(cast, client_for, make, thread_id, to_id):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    mark = str(mark_of(make, to_id))
    send(ben, page, f"{page}/draft", words="I can", answers=str(to_id), mark=mark)
    there = ben.get(page)
    assert f'name="answers" type="hidden" value="{to_id}"' in there.text
    assert re.search(rf'<input checked[^>]* value="{mark}">', there.text)
    reply_id = make.reply(thread_id, cast.hana)
    other = ben.get(f"{page}?to={reply_id}")
    assert "Write to Hana" in other.text
    assert "I can" in other.text


def test_what_was_wrong_leaves_it_as_it_was(cast, client_for, make, thread_id, to_id):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    answer = send(ben, page, f"{page}/replies", words=" ", answers=str(to_id))
    assert answer.status_code == 422
    assert "Write to Ana" in answer.text


# Where it isn’t shown


@pytest.fixture
def quoted(cast, make, thread_id):
    """Ben’s post, and Hana’s reply to it."""
    post_id = make.reply(thread_id, cast.ben, STORY)
    answer(make, cast.hana, thread_id, post_id, mark_of(make, post_id))
    return post_id


@pytest.fixture
def seen(client_for, thread_id):
    """What a reader reads of it: to whom, and which sentence."""

    def read(who):
        page = client_for(who).get(f"/threads/{thread_id}")
        return (re.findall(r"pm, to (\w+)", plain(page)), quotes(page))

    return read


BEN, ONLY_BEN, NOTHING = (["Ben"], [QUOTE]), (["Ben"], []), ([], [])


def test_it_goes_with_words_that_are_taken_back(cast, make, quoted, seen):
    assert seen(cast.ana) == BEN
    make.done(lambda: taken_back_actions.take_back(cast.ben, quoted, now=make.clock.now()))
    assert seen(cast.ana) == ONLY_BEN


def test_it_goes_when_the_post_says_something_else(cast, make, quoted, seen):
    now = make.clock.now()
    make.done(lambda: actions.edit(cast.ben, quoted, f"{STORY} Yes.", 1, now=now))
    assert seen(cast.ana) == BEN
    make.done(lambda: actions.edit(cast.ben, quoted, "It was quiet.", 2, now=now))
    assert seen(cast.ana) == ONLY_BEN


def test_it_goes_with_what_a_moderator_takes_away(cast, make, quoted, seen):
    item_id = make.report(quoted, cast.ana, "medical_claim")
    make.decision(item_id, cast.mori, Outcome.REMOVE)
    assert seen(cast.ana) == ONLY_BEN


def test_while_it_waits_its_writer_sees_whom_it_is_for(cast, make, client_for, thread_id, to_id):
    make.holds(cast.group_id, HoldPolicy.ALL)
    answer(make, cast.ben, thread_id, to_id, mark_of(make, to_id))
    page = f"/threads/{thread_id}"
    mine, theirs = (client_for(who).get(page) for who in (cast.ben, cast.ana))
    assert "to Ana" in plain(mine)
    assert quotes(mine) == [QUOTE]
    assert quotes(theirs) == []


@pytest.mark.holds("moderation:21")
def test_of_somebody_kept_apart_there_is_neither_name_nor_sentence(cast, make, quoted, seen):
    make.kept_apart(cast.ben, cast.ana)
    assert seen(cast.ana) == NOTHING
    assert seen(cast.marta) == BEN


def test_of_somebody_muted_there_is_only_the_name(cast, make, quoted, seen):
    make.done(lambda: mutes_actions.mute_person(cast.ana, cast.ben.id, now=make.clock.now()))
    assert seen(cast.ana) == ONLY_BEN


def test_a_note_before_the_words_keeps_the_sentence_back(cast, make, quoted, seen):
    make.done(lambda: notes_actions.put(quoted, {NoteKind.PAIN}))
    assert seen(cast.ana) == ONLY_BEN
    make.done(lambda: notes_actions.choose(cast.ana, {NoteKind.PAIN: Showing.SHOW}))
    assert seen(cast.ana) == BEN


def test_whoever_left_is_named_no_more(cast, make, client_for, quoted, thread_id):
    make.done(lambda: db.session.execute(delete(Account).where(Account.id == cast.ben.id)))
    page = client_for(cast.ana).get(f"/threads/{thread_id}")
    assert "to someone who has left" in plain(page)


@pytest.mark.holds("moderation:22")
def test_a_made_up_name_is_answered_and_nothing_says_whose_it_is(cast, make, client_for, thread_id):
    post_id = make.reply(thread_id, cast.ben, STORY, unnamed=True)
    name = make.done(lambda: db.session.scalar(select(Post.pseudonym).where(Post.id == post_id)))
    reply_id = answer(make, cast.hana, thread_id, post_id, mark_of(make, post_id))
    ana = client_for(cast.ana).get(f"/threads/{thread_id}")
    assert f"to {name}" in plain(ana)
    assert quotes(ana) == [QUOTE]
    assert not re.search(r"\bBen\b", plain(ana))
    assert str(cast.ben.id) not in ana.text
    assert "pm, to you" in plain(client_for(cast.ben).get(f"/threads/{thread_id}"))
    for reader in (cast.ana, cast.hana):
        row = make.done(lambda reader=reader: queries.posts(reader, thread_id, 1)).replies[-1]
        assert row.id == reply_id
        assert row.answered.author_id is None


def test_it_goes_with_the_reply(cast, make, thread_id, quoted):
    assert len(kept(make)) == 1
    make.done(lambda: db.session.execute(delete(Post).where(Post.author_id == cast.hana.id)))
    assert make.done(lambda: db.session.scalar(select(func.count()).select_from(Answer))) == 0


def test_a_thread_page_costs_the_same_with_many_answers(
    cast, make, client_for, cost, thread_id, quoted
):
    ben = client_for(cast.ben)

    def statements() -> int:
        cost.statements.clear()
        assert ben.get(f"/threads/{thread_id}").status_code == 200
        return int(cost)

    statements()
    few = statements()
    for _ in range(15):
        answer(make, cast.hana, thread_id, quoted, mark_of(make, quoted))
    assert statements() == few
