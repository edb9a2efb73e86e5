"""A long thread in short: who writes it, who reads it, and what becomes of it."""

import re
from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import Row, select

from community.core.db import db
from community.core.verdict import Refused
from community.groups.rules import HoldPolicy
from community.moderation.models import AuditEvent
from community.threads import actions as threads_actions
from community.threads import queries as threads_queries
from community.threads.acts.rules import Because
from community.threads.gathering import parting
from community.threads.models import Post
from community.threads.mutes import actions as mutes_actions
from community.threads.notes.rules import NoteKind
from community.threads.pace import actions as pace
from community.threads.pace.actions import Plan
from community.threads.pace.rules import PaceKind
from community.threads.parting import actions as threads_parting
from community.threads.parting.rules import Words
from community.threads.summary import actions
from community.threads.summary.actions import Seen
from community.threads.summary.models import ThreadSummary
from community.threads.summary.rules import LONG, SUMMARY_MOST
from community.threads.taken_back import actions as taken_back
from tests.pages import again_typed, plain, send, send_as_seen
from tests.privacy.taken import Taken

WORDS = "Window seats are calmer, and a scarf helped three of us."
OTHERS = "Most of us sit at the window."
WRITE = "Write a short summary"
pytestmark = pytest.mark.holds("F:F33")


@pytest.fixture
def thread_id(make, cast) -> UUID:
    return lengthened(make, cast, make.thread(cast.group_id, cast.ana))


def lengthened(make, cast, thread_id, replies=LONG + 1) -> UUID:
    for number in range(replies):
        make.reply(thread_id, (cast.ben, cast.marta)[number % 2], f"Reply {number}.")
    return thread_id


def wrote(make, who, thread_id, words=WORDS, *, to_newest=False) -> None:
    """They write it, with the newest before them."""
    there = row(make, thread_id)
    last = make.done(lambda: threads_queries.thread(make.actor(who), thread_id).last)
    seen, now = Seen(there.stamp if there else None, last), make.clock.now()
    make.done(
        lambda: actions.write(make.actor(who), thread_id, words, seen, to_newest=to_newest, now=now)
    )


def row(make, thread_id) -> Row | None:
    columns = ThreadSummary.__table__.select().where(ThreadSummary.thread_id == thread_id)
    return make.done(lambda: db.session.execute(columns).one_or_none())


def show(client_for, who, thread_id, path="") -> str:
    return plain(client_for(who).get(f"/threads/{thread_id}{path}"))


# ---- who writes it, and who reads it ----


def test_whoever_began_a_long_thread_puts_it_in_short_for_everybody(
    make, cast, client_for, thread_id
):
    ana, place = client_for(cast.ana), f"/threads/{thread_id}"
    assert WRITE in ana.get(place).text
    begun = plain(ana.get(f"{place}/summary"))
    assert "Use up to 600 characters. Please name nobody" in begun
    answer = send_as_seen(ana, f"{place}/summary", words=f"**Window** seats. {WORDS}")
    assert answer.location == f"{place}#in-short"
    page = client_for(cast.ben).get(place)
    told = "In short Written by Ana, up to reply 21. It goes up to the newest reply."
    assert told in plain(page)
    assert "<strong>Window</strong> seats." in page.text
    assert page.text.index('id="in-short"') < page.text.index('id="replies-title"')
    assert WRITE not in page.text
    assert f"{place}/summary" not in page.text
    assert 'id="in-short"' not in client_for(cast.ben).get(f"{place}?after=26").text


def test_the_reader_learns_how_many_came_since_and_reads_on_from_there(
    make, cast, client_for, thread_id
):
    wrote(make, cast.hana, thread_id)
    make.reply(thread_id, cast.ana, "I bought a scarf.")
    place = f"/threads/{thread_id}"
    assert "Written by Hana, up to reply 21. 1 reply since." in show(
        client_for, cast.ben, thread_id
    )
    make.reply(thread_id, cast.mori)
    page = client_for(cast.ben).get(place)
    assert "up to reply 21. 2 replies since." in plain(page)
    onward = re.search(r'href="([^"]+)">Read on from there', page.text)
    assert onward
    there = client_for(cast.ben).get(onward[1]).location
    scarf = make.done(lambda: db.session.scalars(select(Post.id).where(Post.number == 23)).one())
    assert there.endswith(f"#post-{scarf}")


def test_a_short_thread_needs_none(make, cast, client_for):
    thread_id = lengthened(make, cast, make.thread(cast.group_id, cast.ana), LONG)
    ana, page = client_for(cast.ana), f"/threads/{thread_id}"
    assert f"{page}/summary" not in ana.get(page).text
    assert ana.get(f"{page}/summary").status_code == 409
    make.reply(thread_id, cast.ben)
    assert ana.get(f"{page}/summary").status_code == 200


def test_whoever_looks_after_the_group_writes_it_too_and_nobody_else(
    make, cast, client_for, thread_id
):
    page = f"/threads/{thread_id}"
    for person in (cast.hana, cast.mori):
        assert WRITE in client_for(person).get(page).text
        assert client_for(person).get(f"{page}/summary").status_code == 200
    ben = client_for(cast.ben)
    assert f"{page}/summary" not in ben.get(page).text
    for who, status in ((cast.ben, 403), (cast.stranger, 404)):
        browser = client_for(who)
        assert browser.get(f"{page}/summary").status_code == status
        sent = send(browser, "/comfort", f"{page}/summary", words=WORDS, seen="", last="22")
        assert sent.status_code == status
        assert browser.get(f"{page}/summary/take-away").status_code == 404
    assert "/sign-in" in client_for().get(f"{page}/summary").location
    assert row(make, thread_id) is None


def test_the_page_asks_the_database_no_more_where_there_is_none(
    make, cast, client_for, cost, thread_id
):
    short = make.thread(cast.group_id, cast.ana)
    make.reply(short, cast.ben)
    ana = client_for(cast.ana)

    def statements(of: UUID) -> int:
        ana.get(f"/threads/{of}")
        cost.statements.clear()
        assert ana.get(f"/threads/{of}").status_code == 200
        return int(cost)

    before = statements(short)
    assert statements(thread_id) == before
    wrote(make, cast.ana, thread_id)
    assert statements(thread_id) == before + 1


# ---- words ----


def test_what_is_too_long_is_said_in_words_and_nothing_typed_is_lost(
    make, cast, client_for, thread_id
):
    ana, page = client_for(cast.ana), f"/threads/{thread_id}/summary"
    long = "rain " * (SUMMARY_MOST // 5)
    assert "maxlength" not in ana.get(page).text  # a browser would cut it without a word
    answer = send_as_seen(ana, page, words=f"{long}rain.")
    assert answer.status_code == 422
    assert "Use up to 600 characters" in plain(answer)
    assert f"{long}rain." in answer.text
    assert 'name="seen" value=""' in answer.text
    assert 'name="last" value="22"' in answer.text
    empty = send_as_seen(ana, page, words="  ")
    assert empty.status_code == 422
    assert "Write a sentence or two" in empty.text
    assert row(make, thread_id) is None
    assert send_as_seen(ana, page, words=long).status_code == 302


def test_a_form_that_does_not_say_what_it_showed_is_not_taken(make, cast, client_for, thread_id):
    ana, page = client_for(cast.ana), f"/threads/{thread_id}/summary"
    for typed in ({}, {"seen": "", "last": "many"}, {"seen": "x", "last": "22"}):
        assert send(ana, page, words=WORDS, **typed).status_code == 422
    assert row(make, thread_id) is None


def test_of_two_who_write_at_once_the_second_reads_the_first_and_keeps_their_words(
    make, cast, client_for, thread_id
):
    ana, hana, page = client_for(cast.ana), client_for(cast.hana), f"/threads/{thread_id}/summary"
    opened = again_typed(ana.get(page))
    send_as_seen(hana, page, words=OTHERS)
    second = ana.post(page, data={**opened, "words": WORDS})
    assert second.status_code == 409
    assert "This was changed somewhere else" in plain(second)
    assert "Written by Hana, up to reply 21." in plain(second)
    assert OTHERS in second.text
    assert WORDS in second.text
    assert row(make, thread_id).text == OTHERS
    again = ana.post(page, data={**again_typed(second), "words": WORDS})
    assert again.status_code == 302
    assert (row(make, thread_id).text, row(make, thread_id).author_id) == (WORDS, cast.ana.id)


def test_a_second_press_changes_nothing(make, cast, client_for, thread_id):
    ana, page = client_for(cast.ana), f"/threads/{thread_id}/summary"
    opened = {**again_typed(ana.get(page)), "words": WORDS}
    assert ana.post(page, data=opened).status_code == 302
    stamp = row(make, thread_id).stamp
    assert ana.post(page, data=opened).status_code == 302
    assert row(make, thread_id).stamp == stamp


def test_a_change_goes_no_further_unless_it_says_so(make, cast, client_for, thread_id):
    wrote(make, cast.ana, thread_id)
    make.reply(thread_id, cast.ben)
    ana, page = client_for(cast.ana), f"/threads/{thread_id}/summary"
    begun = ana.get(page)
    assert WORDS in begun.text
    assert "up to reply 21. 1 reply since." in plain(begun)
    send_as_seen(ana, page, words=f"{WORDS} Or a cap.")
    assert "up to reply 21. 1 reply since." in show(client_for, cast.ben, thread_id)
    send_as_seen(ana, page, words=WORDS, to_newest="y")
    assert "up to reply 22. It goes up to the newest reply." in show(
        client_for, cast.ben, thread_id
    )


def test_what_comes_while_somebody_writes_is_not_in_it(make, cast, client_for, thread_id):
    ana, page = client_for(cast.ana), f"/threads/{thread_id}/summary"
    opened = again_typed(ana.get(page))
    make.reply(thread_id, cast.ben)
    ana.post(page, data={**opened, "words": WORDS})
    assert "up to reply 21. 1 reply since." in show(client_for, cast.ben, thread_id)


def test_whoever_sounds_as_if_they_need_help_is_shown_it(make, cast, client_for, thread_id):
    ana, page = client_for(cast.ana), f"/threads/{thread_id}/summary"
    answer = send_as_seen(ana, page, words="I don’t want to live like this.")
    after = ana.get(answer.location).text.partition("<h1")[0]
    assert "See who can help today" in after
    others = client_for(cast.ben).get(f"/threads/{thread_id}").text
    assert "I don’t want to live like this." in others
    assert "See who can help today" not in others.partition("<h1")[0]


def test_words_that_a_moderator_would_read_first_are_not_taken_and_not_lost(
    make, cast, client_for, thread_id
):
    ana, page = client_for(cast.ana), f"/threads/{thread_id}/summary"
    advert = "A miracle cure for all of us."
    answer = send_as_seen(ana, page, words=advert)
    assert answer.status_code == 409
    assert "You can ask one of them to write it." in plain(answer)
    assert advert in answer.text
    make.holds(cast.group_id, HoldPolicy.ALL)
    assert ana.get(page).status_code == 409
    assert client_for(cast.mori).get(page).status_code == 200
    assert row(make, thread_id) is None


def test_in_a_thread_that_rests_nobody_writes_it_and_what_was_typed_stays(
    make, cast, client_for, thread_id
):
    ana, page = client_for(cast.ana), f"/threads/{thread_id}/summary"
    wrote(make, cast.ana, thread_id)
    opened = again_typed(ana.get(page))
    plan, why = Plan(PaceKind.LOCK, None, None, None), Because("kindness", "A breath.")
    make.done(lambda: pace.set_pace(cast.mori, thread_id, plan, why, now=make.clock.now()))
    answer = ana.post(page, data={**opened, "words": OTHERS})
    assert answer.status_code == 409
    assert "This thread is locked." in plain(answer)
    assert OTHERS in answer.text
    assert ana.get(page).status_code == 409
    met = ana.get(f"/threads/{thread_id}").text
    assert WORDS in met
    assert f'href="{page}"' not in met
    assert send_as_seen(ana, f"{page}/take-away").status_code == 302
    assert row(make, thread_id) is None


# ---- names ----


def test_whoever_writes_there_without_their_name_leaves_it_to_others(make, cast, client_for):
    thread_id = make.thread(cast.group_id, cast.ana, unnamed=True)
    lengthened(make, cast, thread_id)
    make.reply(thread_id, cast.hana, unnamed=True)
    for person in (cast.ana, cast.hana):
        browser, page = client_for(person), f"/threads/{thread_id}"
        assert WRITE not in browser.get(page).text
        refused = browser.get(f"{page}/summary")
        assert refused.status_code == 403
        assert "it could say who you are" in plain(refused)
        sent = send(browser, "/comfort", f"{page}/summary", words=WORDS, seen="", last="23")
        assert sent.status_code == 403
    wrote(make, cast.mori, thread_id)
    page = show(client_for, cast.ben, thread_id)
    assert "Written by Mori, up to reply 22." in page
    assert "Ana" not in page
    assert "Hana" not in page


def test_whoever_keeps_apart_from_its_writer_neither_reads_it_nor_writes_over_it(
    make, cast, client_for, thread_id
):
    wrote(make, cast.hana, thread_id)
    make.kept_apart(cast.hana, cast.ana)
    ana, page = client_for(cast.ana), f"/threads/{thread_id}"
    met = ana.get(page).text
    assert WORDS not in met
    assert "in-short" not in met
    for path in ("/summary", "/summary/take-away"):
        assert ana.get(page + path).status_code == 404
        typed = {"words": OTHERS, "why": "No.", "seen": "", "last": "22"}
        assert send(ana, "/comfort", page + path, **typed).status_code == 404
    assert WORDS not in show(client_for, cast.ana, thread_id, "/print")
    assert WORDS in show(client_for, cast.ben, thread_id)


def test_it_is_not_there_for_whoever_keeps_apart_from_who_began_the_thread(
    make, cast, client_for, thread_id
):
    wrote(make, cast.hana, thread_id)
    make.kept_apart(cast.mori, cast.ana)
    assert WORDS not in show(client_for, cast.mori, thread_id)
    assert client_for(cast.mori).get(f"/threads/{thread_id}/summary").status_code == 403


def test_it_counts_the_replies_that_are_there_for_its_reader(make, cast, client_for, thread_id):
    for _number in range(LONG):
        make.reply(thread_id, cast.hana)
    wrote(make, cast.ana, thread_id)
    make.reply(thread_id, cast.hana)
    make.reply(thread_id, cast.ben)
    assert "up to reply 41. 2 replies since." in show(client_for, cast.mori, thread_id)
    make.kept_apart(cast.mori, cast.hana)
    assert "up to reply 21. 1 reply since." in show(client_for, cast.mori, thread_id)


def test_it_is_folded_for_whoever_would_rather_not_read_its_writer(
    make, cast, client_for, thread_id
):
    wrote(make, cast.hana, thread_id)
    folded, now = "Folded: you’d rather not read Hana", make.clock.now()
    make.done(lambda: mutes_actions.mute_person(cast.ben, cast.mori.id, now=now))
    assert folded not in show(client_for, cast.ben, thread_id)
    make.done(lambda: mutes_actions.mute_person(cast.ben, cast.hana.id, now=now))
    assert folded in show(client_for, cast.ben, thread_id)
    assert WORDS not in show(client_for, cast.ben, thread_id, "/print")


def test_the_notes_of_how_it_began_stand_before_it(make, cast, client_for, thread_id):
    wrote(make, cast.hana, thread_id)

    def noted() -> None:
        post = db.session.get_one(Post, opening)
        post.notes = post.notes.with_own([NoteKind.PAIN])

    opening = make.opening(thread_id)
    make.done(noted)
    page = client_for(cast.ben).get(f"/threads/{thread_id}").text
    box = page.partition('id="in-short"')[2].partition("</article>")[0]
    assert "Content note: Pain. Show the words" in box
    assert WORDS in box.partition("<details")[2]
    assert WORDS not in show(client_for, cast.ben, thread_id, "/print")
    assert WORDS in show(client_for, cast.ana, thread_id, "/print")


def test_it_is_printed_before_the_posts(make, cast, client_for, thread_id):
    wrote(make, cast.hana, thread_id)
    sheet = show(client_for, cast.ben, thread_id, "/print")
    assert "In short. Written by Hana, up to reply 21" in sheet
    assert sheet.index(WORDS) < sheet.index("Today I looked at the rain")
    assert WORDS not in show(client_for, cast.ben, thread_id, "/print?after=3")


# ---- taken away ----


def test_one_s_own_goes_in_one_press_and_another_s_with_why(
    make, cast, client_for, thread_id, letters, mail
):
    page = f"/threads/{thread_id}/summary"
    wrote(make, cast.ana, thread_id)
    ana, mori = client_for(cast.ana), client_for(cast.mori)
    before = len(letters())
    asked = ana.get(f"{page}/take-away")
    assert "Why?" not in asked.text
    assert send_as_seen(ana, f"{page}/take-away").status_code == 302
    assert row(make, thread_id) is None
    assert len(letters()) == before
    wrote(make, cast.ana, thread_id)
    silent = send_as_seen(mori, f"{page}/take-away")
    assert silent.status_code == 422
    assert "Say why, in a few words." in silent.text
    assert send_as_seen(mori, f"{page}/take-away", why="It says who Ben is.").status_code == 302
    assert letters()[before:] == [("Ana", "summary_taken")]
    assert WORDS not in ana.get(f"/threads/{thread_id}").text
    assert "Somebody has taken away the summary" in plain(ana.get("/news"))
    assert WRITE in ana.get(f"/threads/{thread_id}").text


def test_a_moderator_s_hand_in_another_s_words_is_in_the_record_without_them(make, cast, thread_id):
    def record() -> list[str]:
        return list(make.done(lambda: db.session.scalars(select(AuditEvent.action)).all()))

    before = len(record())
    wrote(make, cast.ana, thread_id)
    wrote(make, cast.hana, thread_id, OTHERS)
    wrote(make, cast.mori, thread_id)
    wrote(make, cast.mori, thread_id, OTHERS)
    assert record()[before:] == ["summary-changed"]
    wrote(make, cast.ana, thread_id)
    stamp, now = row(make, thread_id).stamp, make.clock.now()
    make.done(lambda: actions.take_away(cast.mori, thread_id, "So.", stamp, now=now))
    assert record()[before:] == ["summary-changed", "summary-taken"]
    make.done(lambda: actions.take_away(cast.mori, thread_id, "So.", stamp, now=now))
    assert len(record()) == before + 2


def test_what_was_changed_meanwhile_is_not_taken_away(make, cast, client_for, thread_id):
    wrote(make, cast.hana, thread_id)
    mori, page = client_for(cast.mori), f"/threads/{thread_id}/summary/take-away"
    opened = again_typed(mori.get(page))
    wrote(make, cast.ana, thread_id, OTHERS)
    answer = mori.post(page, data={**opened, "why": "It names Ben."})
    assert answer.status_code == 409
    assert OTHERS in answer.text
    assert "It names Ben." in answer.text
    assert row(make, thread_id).text == OTHERS
    again = mori.post(page, data={**again_typed(answer), "why": "It names Ben."})
    assert again.status_code == 302


def test_whoever_reads_it_tells_a_moderator_from_beside_it(make, cast, client_for, thread_id):
    wrote(make, cast.ana, thread_id)
    box = client_for(cast.ben).get(f"/threads/{thread_id}").text.partition('id="in-short"')[2]
    way = re.search(r'href="([^"]+)">Tell a moderator about this summary', box)
    assert way
    assert client_for(cast.ben).get(way[1]).status_code == 200


def test_it_goes_when_how_the_thread_began_is_hidden_and_for_good_when_that_is_taken_back(
    make, cast, client_for, thread_id
):
    wrote(make, cast.hana, thread_id)
    opening = make.opening(thread_id)
    make.done(lambda: threads_actions.hide(opening, until=None))
    for person in (cast.ben, cast.ana, cast.hana):
        for path in ("", "/print"):
            assert WORDS not in show(client_for, person, thread_id, path)
    make.done(lambda: threads_actions.bring_back(opening, now=make.clock.now()))
    assert WORDS in show(client_for, cast.ben, thread_id)
    make.done(lambda: taken_back.take_back(cast.ana, opening, now=make.clock.now()))
    assert row(make, thread_id) is None


# ---- with its thread, and with its writer ----


def test_it_goes_with_its_writer_unless_their_words_stay(make, cast, thread_id):
    wrote(make, cast.hana, thread_id)
    make.done(lambda: threads_parting.part(cast.hana.id, Words.STAY))
    assert row(make, thread_id).text == WORDS
    make.done(lambda: threads_parting.part(cast.hana.id, Words.ERASED))
    assert row(make, thread_id) is None
    wrote(make, cast.hana, thread_id)
    make.done(lambda: threads_parting.part(cast.ana.id, Words.ERASED))
    assert row(make, thread_id) is None


def test_its_writer_takes_it_out_with_what_is_theirs(make, cast, client_for, thread_id):
    wrote(make, cast.hana, thread_id)
    assert WORDS in Taken(send(client_for(cast.hana), "/my-data")).text
    assert WORDS not in Taken(send(client_for(cast.ana), "/my-data")).text


def test_a_thread_that_is_split_keeps_it_up_to_the_same_words(make, cast, thread_id):
    wrote(make, cast.hana, thread_id)
    make.reply(thread_id, cast.ana)
    numbers = select(Post.id).where(Post.thread_id == thread_id, Post.number.in_([3, 5, 23]))
    chosen = set(make.done(lambda: db.session.scalars(numbers).all()))
    split = partial(parting.split, cast.mori, thread_id, chosen, "Scarves")
    new_id = make.done(lambda: split(now=make.clock.now()))
    assert row(make, thread_id).number == 20
    assert row(make, new_id) is None


def test_of_two_threads_that_are_put_together_the_one_that_stays_keeps_its_own(
    make, cast, thread_id
):
    other = lengthened(make, cast, make.thread(cast.group_id, cast.ana, title="Scarves"))
    wrote(make, cast.hana, thread_id)
    wrote(make, cast.hana, other, OTHERS)
    make.done(lambda: parting.merge(cast.mori, thread_id, other, now=make.clock.now()))
    assert row(make, thread_id) is None
    assert (row(make, other).text, row(make, other).number) == (OTHERS, 22)


def test_two_who_write_at_once_leave_one_of_them(make, cast, thread_id):
    now = make.clock.now()
    write = partial(actions.write, thread_id=thread_id, seen=Seen(None, 22), to_newest=False)
    make.done(lambda: write(cast.ana, text=WORDS, now=now))
    with pytest.raises(Refused) as stale:
        make.done(lambda: write(cast.hana, text=OTHERS, now=now))
    assert stale.value.reason.code == "stale"
    assert row(make, thread_id).text == WORDS
