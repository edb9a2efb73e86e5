"""Watched words: how they are found, and what staff change about them."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import func, select

from community.core.db import db
from community.groups.rules import HoldPolicy
from community.moderation.models import Report, ReviewItem
from community.safety.words import queries
from community.safety.words.rules import Kind, WordList, folded
from community.safety.words.seeds import SEEDS
from tests.pages import ALERT, send
from tests.threads.conftest import cast, scene

__all__ = ["cast", "scene"]

SENTENCES = tomllib.loads((Path(__file__).parent / "sentences.toml").read_text())["sentence"]
DARK = "I don’t want to live like this."
DOSE = "I take 20 mg in the morning."
HELP = "You deserve support now, too"
CALM = "There’s a dose or a medicine in your words."


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("can't go on", "I CAN’T  go\non.", True),
        ("can't go on", "I cant go on", True),
        ("can't go on", "I can't go online", False),
        ("suicid*", "suicidal thoughts", True),
        ("suicid*", "parasuicide", False),
        ("# mg", "20mg", True),
        ("# mg", "7.5 mg", True),
        ("# mg", "mg", False),
        ("cut myself", "cut my self-made bread", False),
        ("a.b", "axb", False),
    ],
)
def test_a_phrase_is_found_as_people_write_it(phrase: str, text: str, found: bool) -> None:
    assert WordList((phrase,)).is_in(text) is found


@given(st.text())
def test_an_empty_list_finds_nothing_and_folding_twice_changes_nothing(text: str) -> None:
    assert not WordList(()).is_in(text)
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize("kind", Kind)
def test_every_phrase_of_a_list_finds_itself(kind: Kind) -> None:
    for phrase in SEEDS[kind]:
        written = phrase.replace("#", "3").removesuffix("*")
        assert WordList((phrase,)).is_in(f"Well, {written}!"), phrase


def test_the_sentences_are_enough_and_each_stands_once() -> None:
    said = [each["says"] for each in SENTENCES]
    assert len(said) >= 120
    assert len(set(said)) == len(said)
    assert {each["is"] for each in SENTENCES} == {*Kind, "nothing"}


@pytest.mark.parametrize(
    ("kind", "finds", "mistakes"), [("crisis", 0.75, 3), ("medicine", 0.6, 1), ("spam", 0.65, 3)]
)
def test_no_list_gets_worse_on_our_own_sentences(kind: str, finds: float, mistakes: int) -> None:
    watched = WordList(SEEDS[Kind(kind)])
    meant = [each["says"] for each in SENTENCES if each["is"] == kind]
    others = [each["says"] for each in SENTENCES if each["is"] != kind]
    assert sum(map(watched.is_in, meant)) / len(meant) >= finds
    assert sum(map(watched.is_in, others)) <= mistakes


def test_whoever_writes_in_a_dark_time_alone_is_shown_help_and_nothing_else_happens(
    make, client_for, cast, letters
) -> None:
    thread_id = make.thread(cast.group_id, cast.ben)
    anas = client_for(cast.ana)
    sent = send(anas, f"/threads/{thread_id}", f"/threads/{thread_id}/replies", words=DARK)
    page = anas.get(sent.headers["Location"]).text
    assert HELP in page.split("<h1")[0]
    assert "See who can help today" in page.split("<h1")[0]
    others = client_for(cast.ben).get(f"/threads/{thread_id}").text
    assert "I don’t want to live like this." in others
    assert HELP not in others.split("<h1")[0]
    assert HELP not in anas.get(f"/threads/{thread_id}").text.split("<h1")[0]
    for model in (ReviewItem, Report):
        count = select(func.count()).select_from(model)
        assert make.done(lambda count=count: db.session.scalar(count)) == 0
    assert letters() == []


@pytest.mark.parametrize(("words", "kind"), [(DARK, "crisis"), (DOSE, "medicine")])
@pytest.mark.holds("F:F110")
def test_a_draft_is_kept_whole_and_its_writer_is_shown_a_calm_note(
    make, client_for, cast, words, kind
) -> None:
    thread_id = make.thread(cast.group_id, cast.ben)
    anas, where = client_for(cast.ana), f"/threads/{thread_id}"
    hidden = f'<div data-noticed="{kind}" hidden>'
    assert hidden in anas.get(where).text
    send(anas, where, f"{where}/draft", words=words)
    page = anas.get(where).text
    assert f'<div data-noticed="{kind}">' in page
    hard = page.partition('data-noticed="crisis"')[2].partition("data-noticed")[0]
    assert "nobody may read this for hours. These lines answer now." in hard
    assert words in page
    assert hidden in client_for(cast.ben).get(where).text


@pytest.mark.holds("F:F110")
def test_a_dose_is_sent_as_it_is(make, client_for, cast) -> None:
    thread_id = make.thread(cast.group_id, cast.ben)
    send(client_for(cast.ana), f"/threads/{thread_id}", f"/threads/{thread_id}/replies", words=DOSE)
    assert DOSE in client_for(cast.ben).get(f"/threads/{thread_id}").text


def test_a_script_that_keeps_a_draft_is_told_what_to_show(make, client_for, cast) -> None:
    thread_id = make.thread(cast.group_id, cast.ben)
    anas, where = client_for(cast.ana), f"/threads/{thread_id}"
    page = anas.get(where).text
    assert 'data-noticed="crisis"' in page
    csrf = page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = anas.post(
        f"{where}/draft",
        data={"csrf_token": csrf, "words": f"{DARK} {DOSE}"},
        headers={"Accept": "application/json"},
    )
    assert answer.get_json()["noticed"] == ["crisis", "medicine"]


def test_platform_moderators_add_and_leave_out(make, client_for, cast) -> None:
    pats = client_for(cast.pat)
    page = pats.get("/moderation/words").text
    assert "<option>miracle cure</option>" in page
    send(pats, "/moderation/words", phrase="Snake  Oil", kind="spam")
    assert make.done(queries.lists)[Kind.SPAM].is_in("The best snake oil there is")
    leaves = "/moderation/words/spam/leave-out"
    send(pats, "/moderation/words", leaves, phrase="snake oil")
    send(pats, "/moderation/words", leaves, phrase="miracle cure")
    spam = make.done(queries.lists)[Kind.SPAM]
    assert not spam.is_in("A miracle cure: snake oil")
    assert spam.is_in("Buy now")
    send(pats, "/moderation/words", phrase="miracle cure", kind="spam")
    assert make.done(queries.lists)[Kind.SPAM].is_in("A miracle cure")


@pytest.mark.parametrize("typed", [{"phrase": "", "kind": "spam"}, {"phrase": "a*", "kind": "spam"},
                                   {"phrase": "snake oil", "kind": "x"}])  # fmt: skip
def test_what_can_not_be_watched_for_is_said_and_stays(client_for, cast, typed) -> None:
    answer = send(client_for(cast.pat), "/moderation/words", **typed)
    assert answer.status_code == 422
    assert ALERT in answer.text
    assert f'value="{typed["phrase"]}"' in answer.text


@pytest.mark.parametrize("who", ["ana", "mori", "hana", "stranger"])
def test_others_can_not_tell_that_the_page_exists(client_for, cast, who) -> None:
    browser = client_for(getattr(cast, who))
    assert browser.get("/moderation/words").status_code == 404
    own = "/comfort"
    for where in ("/moderation/words", "/moderation/words/spam/leave-out"):
        assert send(browser, own, where, phrase="snake oil", kind="spam").status_code == 404


def test_a_guest_is_sent_to_the_door(client_for) -> None:
    assert "/sign-in" in client_for().get("/moderation/words").headers["Location"]


def test_an_advert_waits_also_where_nothing_is_read_first(make, client_for, cast) -> None:
    thread_id = make.thread(cast.group_id, cast.ben)
    make.holds(cast.group_id, HoldPolicy.OPEN)
    make.reply(thread_id, cast.ana, "Click here for my pillow.")
    assert "pillow" not in client_for(cast.ben).get(f"/threads/{thread_id}").text
    assert "It may be an advert" in client_for(cast.mori).get("/moderation").text
