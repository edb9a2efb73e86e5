"""Words to begin with, and the one gentle question: it asks once, and stops nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.threads import queries
from community.threads.openers.rules import ADVICE, OPENERS, asks_in, reads_like_advice
from community.threads.rules.drafts import Place
from community.threads.rules.posts import Wish
from tests.pages import again_typed, send

ADVISING = "You should try the window seat, Ana.\nIt’s “better” & dry."
QUESTION = "One question before it goes"


@pytest.fixture
def thread_id(cast, make):
    return make.thread(cast.group_id, cast.ana, wish=Wish.JUST_LISTENING)


# What reads like advice


@pytest.mark.parametrize(
    "text",
    [
        "You should rest.",
        "Why don’t you rest?",
        "WHY DON'T YOU rest?",
        "Well, have\nyou  tried tea?",
        "If I were you I’d rest.",
    ],
)
def test_it_knows_common_words_of_advice(text):
    assert reads_like_advice(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I hear you.",
        "You shouldered so much.",
        "Thank you. Should I say more?",
        "I should rest.",
    ],
)
def test_it_leaves_the_rest_in_peace(text):
    assert not reads_like_advice(text)


@given(st.sampled_from(ADVICE), st.text(max_size=50), st.text(max_size=50))
def test_a_phrase_is_found_wherever_it_stands_alone(phrase, before, after):
    assert reads_like_advice(f"{before} {phrase.upper()}. {after}")


def test_each_wish_has_its_words_to_begin_with():
    assert OPENERS.keys() == set(Wish)
    assert [wish for wish in Wish if asks_in(wish)] == [Wish.JUST_LISTENING]
    assert not [words for each in OPENERS.values() for words in each if reads_like_advice(words)]


@pytest.mark.holds("F:F85")
@pytest.mark.parametrize("wish", Wish)
def test_the_box_offers_them_by_what_is_asked_for(cast, client_for, make, wish):
    thread_id = make.thread(cast.group_id, cast.ana, wish=wish)
    page = client_for(cast.ben).get(f"/threads/{thread_id}").text
    assert re.findall(
        r"<li>(.*?)</li>", page.partition('id="openers"')[2].partition("</ul>")[0]
    ) == [*OPENERS[wish]]
    assert ('id="question"' in page) == asks_in(wish)


# The question


def test_it_is_asked_once_and_then_the_words_go_as_they_are(cast, client_for, thread_id):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    asked = send(ben, page, f"{page}/replies", words=ADVISING)
    assert asked.status_code == 200
    assert QUESTION in asked.text
    assert "You should try" not in client_for(cast.ana).get(page).text
    again = again_typed(asked)
    assert again["words"].startswith("You should try")
    sent = send(ben, page, f"{page}/replies", **typed_in(asked))
    assert sent.status_code == 302
    assert "You should try the window seat" in client_for(cast.ana).get(page).text


def typed_in(asked) -> dict[str, str]:
    """What the question’s page sends, with the quotes and the lines that were typed."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', asked.text)
    return {
        name: value.replace("&amp;", "&").replace("&#34;", '"')
        for name, value in found
        if name != "csrf_token"
    }


def test_everything_that_was_chosen_goes_with_them(cast, client_for, make, thread_id):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    chosen = {"notes": ["pain", "loss"], "unnamed": "y", "answers": str(make.opening(thread_id))}
    asked = send(ben, page, f"{page}/replies", words=ADVISING, **chosen)
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', asked.text)
    typed: dict[str, list[str]] = {}
    for name, value in found:
        typed.setdefault(name, []).append(value)
    assert typed["notes"] == chosen["notes"]
    ben.post(f"{page}/replies", data={**typed, "words": ADVISING})
    post = make.done(lambda: queries.posts(make.actor(cast.hana), thread_id, 1)).replies[0]
    assert {str(kind) for kind in post.notes.own} == {"pain", "loss"}
    assert post.is_unnamed
    assert post.answered is not None


def test_whoever_would_rather_change_them_finds_them_and_isnt_asked_again(
    cast, client_for, thread_id
):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    send(ben, page, f"{page}/replies", words=ADVISING)
    there = ben.get(page)
    assert "You should try the window seat" in there.text
    assert 'name="asked" type="hidden" value="1"' in there.text
    assert 'id="question"' not in there.text
    answer = send(ben, page, f"{page}/replies", words="You should rest, then.", asked="1")
    assert answer.status_code == 302


def test_the_next_answer_is_asked_about_again(cast, client_for, thread_id):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    send(ben, page, f"{page}/replies", words=ADVISING, asked="1")
    assert 'id="question"' in ben.get(page).text
    assert QUESTION in send(ben, page, f"{page}/replies", words="You should rest.").text


@pytest.mark.parametrize("wish", [wish for wish in Wish if not asks_in(wish)])
def test_where_more_is_welcome_nothing_is_asked(cast, client_for, make, wish):
    page = f"/threads/{make.thread(cast.group_id, cast.ana, wish=wish)}"
    assert send(client_for(cast.ben), page, f"{page}/replies", words=ADVISING).status_code == 302


def test_it_is_asked_of_a_reply_that_becomes_advice_and_of_no_other_change(
    cast, client_for, make, thread_id
):
    post_id = make.reply(thread_id, cast.ben, "I hear you.")
    ben, page = client_for(cast.ben), f"/posts/{post_id}/edit"
    asked = send(ben, page, words=ADVISING, version="1")
    assert asked.status_code == 200
    assert QUESTION in asked.text
    assert f'action="{page}"' in asked.text
    assert "You should try" not in client_for(cast.ana).get(f"/threads/{thread_id}").text
    there = ben.get(page)
    assert "You should try the window seat" in there.text
    assert 'name="asked" type="hidden" value="1"' in there.text
    assert send(ben, page, **typed_in(asked)).status_code == 302
    assert "You should try the window seat" in (
        client_for(cast.ana).get(f"/threads/{thread_id}").text
    )
    assert send(ben, page, words=f"{ADVISING} Or not.", version="2").status_code == 302


def test_how_a_thread_began_is_changed_without_it(cast, client_for, make, thread_id):
    page = f"/posts/{make.opening(thread_id)}/edit"
    assert send(client_for(cast.ana), page, words=ADVISING, version="1").status_code == 302


def test_nobody_else_learns_of_it(cast, client_for, make, thread_id, letters, capfd):
    ben, page = client_for(cast.ben), f"/threads/{thread_id}"
    send(ben, page, f"{page}/replies", words=ADVISING)
    assert letters() == []
    assert make.actor(cast.ana).news == 0
    draft = make.done(lambda: queries.draft(make.actor(cast.ben), Place(thread_id)))
    assert draft.kept.typed.choices["asked"] == "1"
    heard = capfd.readouterr()
    assert "advice" not in heard.out + heard.err


def test_whoever_may_not_write_is_told_that_and_keeps_their_words(cast, client_for, thread_id):
    page = f"/threads/{thread_id}/replies"
    answer = send(client_for(cast.stranger), "/home", page, words=ADVISING)
    assert answer.status_code == 404
