"""Answers in a word: given by one press, counted for the author alone, named to nobody."""

import re
from itertools import chain

import pytest
from sqlalchemy import delete, select

from community.accounts.models import Account
from community.accounts.sanctions.rules import SanctionKind
from community.core.db import db
from community.core.verdict import Refused
from community.groups import actions as groups_actions
from community.moderation.rules.case import Outcome
from community.threads import queries as threads_queries
from community.threads.resonance import actions, queries
from community.threads.resonance.models import Resonance
from community.threads.resonance.rules import OFFERED, Word
from community.threads.rules.posts import Wish
from community.threads.taken_back import actions as taken_back
from tests.pages import plain, send

COUNTS = re.compile(
    r"is with you|are with you|says: same here|say: same here|Nobody else reads how many"
)


@pytest.fixture
def thread_id(cast, make):
    return make.thread(cast.group_id, cast.ana)


@pytest.fixture
def post_id(make, thread_id):
    return make.opening(thread_id)


def test_there_are_five_words_and_three_under_each_post():
    assert [word.words for word in Word] == [
        "With you",
        "Same here",
        "Helped me",
        "Thank you for sharing",
        "Thinking of you",
    ]
    assert {len(offered) for offered in OFFERED.values()} == {3}
    assert set(chain.from_iterable(OFFERED.values())) == set(Word)


def give(make, who, post_id, word=Word.WITH_YOU) -> None:
    me, now = make.actor(who), make.clock.now()
    make.done(lambda: actions.give(me, post_id, word, now=now))


def kept(make, post_id) -> list[tuple[str, Word]]:
    rows = (
        select(Account.name, Resonance.word)
        .join(Account, Account.id == Resonance.account_id)
        .where(Resonance.post_id == post_id)
        .order_by(Account.name, Resonance.word)
    )
    return make.done(lambda: [tuple(row) for row in db.session.execute(rows)])


def buttons(page) -> dict[str, tuple[str, str]]:
    """By the name that is read aloud: where it leads, and whether it is pressed."""
    found = re.findall(
        r'<button class="btn" type="submit" form="words-form" aria-pressed="(\w+)" '
        r'formaction="([^"]+)">(.+?)</button>',
        page.text,
    )
    return {re.sub(r"<[^>]+>", "", name): (to, pressed) for pressed, to, name in found}


# Which words there are


def test_each_wish_offers_three_and_together_they_offer_all():
    assert OFFERED.keys() == set(Wish)
    assert {len(set(words)) for words in OFFERED.values()} == {3}
    assert set(chain.from_iterable(OFFERED.values())) == set(Word)


# Giving one


@pytest.mark.holds("F:F85")
def test_one_press_gives_a_word_and_another_takes_it_back(cast, client_for, make, thread_id):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    to, pressed = buttons(ben.get(page))["With you to post 1"]
    assert pressed == "false"
    answer = send(ben, page, to)
    assert answer.status_code == 302
    there = ben.get(answer.location, follow_redirects=True)
    assert "“With you” is given. Only Ana reads it, and not that it’s from you." in there.text
    back, pressed = buttons(there)["With you to post 1"]
    assert pressed == "true"
    send(ben, page, back)
    assert buttons(ben.get(page))["With you to post 1"] == (to, "false")


def test_a_script_is_answered_in_words(cast, client_for, make, thread_id, post_id):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    to = f"/posts/{post_id}/words/same_here/give"
    ben.environ_base["HTTP_ACCEPT"] = "text/html"
    token = re.search(r'name="csrf_token" value="([^"]+)"', ben.get(page).text)[1]
    ben.environ_base["HTTP_ACCEPT"] = "application/json"
    answer = ben.post(to, data={"csrf_token": token}).json
    assert answer["ok"]
    assert answer["words"].startswith("“Same here” is given.")
    assert kept(make, post_id) == [("Ben", Word.SAME_HERE)]


def test_pressed_twice_it_is_given_once(cast, make, post_id):
    for _ in range(2):
        give(make, cast.ben, post_id)
    assert kept(make, post_id) == [("Ben", Word.WITH_YOU)]


def test_somebody_gives_several_words(cast, make, client_for, thread_id, post_id):
    for word in (Word.WITH_YOU, Word.THANK_YOU):
        give(make, cast.ben, post_id, word)
    there = buttons(client_for(cast.ben).get(f"/threads/{thread_id}"))
    assert [pressed for _, pressed in there.values()] == ["true", "false", "true"]


def test_the_words_are_by_what_the_thread_asks_for(cast, make, client_for):
    for wish in Wish:
        thread_id = make.thread(cast.group_id, cast.ana, wish=wish)
        named = buttons(client_for(cast.ben).get(f"/threads/{thread_id}"))
        assert list(named) == [f"{word.words} to post 1" for word in OFFERED[wish]]


@pytest.mark.holds("F:F86")
def test_no_two_of_a_page_share_a_name(cast, make, client_for, thread_id):
    for _ in range(3):
        make.reply(thread_id, cast.hana)
    page = client_for(cast.ben).get(f"/threads/{thread_id}")
    assert page.text.count('form="words-form"') == len(buttons(page)) == 12
    assert page.text.count('id="words-form"') == 1


# Who reads how many


def test_only_the_author_reads_how_many_and_not_who(cast, make, client_for, thread_id, post_id):
    for who in (cast.ben, cast.hana, cast.mori):
        give(make, who, post_id)
    give(make, cast.ben, post_id, Word.SAME_HERE)
    page = f"/threads/{thread_id}"
    mine = client_for(cast.ana).get(page)
    assert (
        "3 people are with you. One person says: same here. Nobody else reads how many."
        in plain(mine)
    )
    assert not buttons(mine)
    for name in ("Ben", "Hana", "Mori"):
        assert name not in plain(mine)
    for other in (cast.ben, cast.mori, cast.marta):
        assert not COUNTS.search(plain(client_for(other).get(page)))


@pytest.mark.holds("F:F112")
def test_nobody_else_s_page_differs_by_them(cast, make, client_for, thread_id, post_id):
    def seen() -> str:
        page = client_for(cast.marta).get(f"/threads/{thread_id}").text
        return re.sub(r'value="[^"]{40,}"|name="event_id"[^>]*|number" value="\d+"', "", page)

    before = seen()
    for who in (cast.ben, cast.hana, cast.mori):
        give(make, who, post_id)
    assert seen() == before


def test_whoever_wrote_without_a_name_reads_it_too(cast, make, client_for):
    thread_id = make.thread(cast.group_id, cast.ana, unnamed=True)
    give(make, cast.ben, make.opening(thread_id))
    page = f"/threads/{thread_id}"
    assert "One person is with you." in plain(client_for(cast.ana).get(page))
    ben = client_for(cast.ben).get(page)
    assert buttons(ben)["With you to post 1"][1] == "true"
    assert "Ana" not in ben.text


@pytest.mark.holds("moderation:21")
@pytest.mark.parametrize("keeps", ["ana", "ben"])
def test_a_word_of_somebody_kept_apart_isnt_counted(
    cast, make, client_for, thread_id, post_id, keeps
):
    for who in (cast.ben, cast.hana):
        give(make, who, post_id)
    one, other = (cast.ana, cast.ben) if keeps == "ana" else (cast.ben, cast.ana)
    make.kept_apart(one, other)
    assert "One person is with you." in plain(client_for(cast.ana).get(f"/threads/{thread_id}"))


def test_no_bell_rings_and_no_letter_goes(cast, make, letters, post_id):
    before = letters()
    give(make, cast.ben, post_id)
    assert make.actor(cast.ana).news == 0
    assert letters() == before


# Who may not


def refused(make, who, post_id) -> str:
    with pytest.raises(Refused) as caught:
        give(make, who, post_id)
    return caught.value.reason.code


def test_whoever_cannot_read_it_cannot_tell_that_it_is_there(cast, make, client_for, post_id):
    for who in (cast.stranger, cast.pat):
        assert refused(make, who, post_id) == "not-found"
    make.kept_apart(cast.ana, cast.ben)
    assert refused(make, cast.ben, post_id) == "not-found"
    to = f"/posts/{post_id}/words/with_you/give"
    assert send(client_for(cast.stranger), "/home", to).status_code == 404
    assert client_for().post(to).status_code == 400


def test_there_are_no_other_words(cast, client_for, post_id):
    ben = client_for(cast.ben)
    assert send(ben, "/home", f"/posts/{post_id}/words/like/give").status_code == 404
    assert send(ben, "/home", f"/posts/{post_id}/words/like/take-back").status_code == 404


def test_nobody_answers_themselves(cast, make, post_id):
    assert refused(make, cast.ana, post_id) == "own-words"


def test_whoever_may_not_write_there_gives_none_and_takes_theirs_back(
    cast, make, client_for, thread_id, post_id
):
    assert refused(make, cast.noor, post_id) == "not-found"
    give(make, cast.ben, post_id)
    make.held_back(cast.ben, SanctionKind.MUTE, cast.group_id)
    assert refused(make, cast.ben, post_id) == "muted"
    assert not buttons(client_for(cast.ben).get(f"/threads/{thread_id}"))
    me = make.actor(cast.ben)
    make.done(lambda: actions.take_back(me, post_id, Word.WITH_YOU))
    assert kept(make, post_id) == []


def test_what_isnt_shown_takes_none(cast, make, client_for, thread_id):
    reply_id = make.reply(thread_id, cast.ben, "Just stop the tablets now.")
    item_id = make.report(reply_id, cast.ana, "medical_claim")
    make.decision(item_id, cast.mori, Outcome.REMOVE)
    assert refused(make, cast.hana, reply_id) == "not-found"
    named = buttons(client_for(cast.hana).get(f"/threads/{thread_id}"))
    assert [name for name in named if "post 2" in name] == []


# When it ends


@pytest.mark.holds("F:F84")
def test_they_come_back_with_words_that_are_put_back_and_go_when_those_are_erased(
    cast, make, client_for, thread_id, post_id
):
    give(make, cast.ben, post_id)
    now, page = make.clock.now(), f"/threads/{thread_id}"
    make.done(lambda: taken_back.take_back(cast.ana, post_id, now=now))
    assert not COUNTS.search(plain(client_for(cast.ana).get(page)))
    make.done(lambda: taken_back.put_back(cast.ana, post_id, now=now))
    assert COUNTS.search(plain(client_for(cast.ana).get(page)))
    make.done(lambda: taken_back.take_back(cast.ana, post_id, now=now))
    make.done(lambda: taken_back.erase(cast.ana, post_id, now=now))
    assert kept(make, post_id) == []


def test_they_go_with_whoever_gave_them(cast, make, client_for, thread_id, post_id):
    give(make, cast.ben, post_id)
    make.done(lambda: db.session.execute(delete(Account).where(Account.id == cast.ben.id)))
    assert not COUNTS.search(plain(client_for(cast.ana).get(f"/threads/{thread_id}")))


def test_whoever_left_the_group_isnt_asked_again(cast, make, post_id):
    give(make, cast.ben, post_id)
    make.done(lambda: groups_actions.leave(cast.ben, cast.group_id, now=make.clock.now()))
    assert refused(make, cast.ben, post_id) == "not-found"


# What it costs


def test_all_words_of_a_page_are_one_statement(cast, make, cost, thread_id, post_id):
    replies = [make.reply(thread_id, cast.hana) for _ in range(5)]
    ana, ben = make.actor(cast.ana), make.actor(cast.ben)
    give(make, cast.ben, post_id)
    for reply_id in replies:
        give(make, cast.ben, reply_id)
        give(make, cast.ana, reply_id)

    def found(reader):
        with make.app.app_context():
            page = threads_queries.posts(reader, thread_id, 1)
            shown = [post.id for post in (page.opening, *page.replies)]
            cost.statements.clear()
            return queries.words_for(reader, shown), int(cost)

    words, statements = found(ben)
    assert statements == 1
    assert words == {each: {Word.WITH_YOU: 1} for each in (post_id, *replies)}
    assert found(ana)[0] == words
