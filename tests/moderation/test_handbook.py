"""The moderators' handbook, and its words at the press of a link where somebody decides."""

import re

import pytest

from community.moderation.handbook.book import GUIDANCE, REPLIES, replies_for
from community.moderation.handbook.general import PASSAGES
from community.moderation.holds.rules import HELD_REASONS
from community.moderation.rules.case import WORDS_MOST
from community.moderation.rules.reasons import REASONS
from community.safety.guidelines import BY_ID
from tests.pages import send

PAGE = "/moderation/handbook"
REPLY = REPLIES["claim"]


@pytest.fixture
def item_id(cast, make, reply_id):
    return make.report(reply_id, cast.ben, "medical_claim", "This frightens me.")


def test_every_reason_is_in_it() -> None:
    assert set(GUIDANCE) == {*REASONS, *HELD_REASONS}


def test_a_moderator_reads_how_to_decide_to_talk_and_to_look_after_themselves(
    cast, client_for
) -> None:
    page = client_for(cast.mori).get(PAGE).text
    assert all(passage.title in page for passage in PASSAGES)
    assert all(f'id="{reason}"' in page for reason in GUIDANCE)
    assert all(reply.words in page for reply in REPLIES.values())
    assert f'href="{PAGE}"' in client_for(cast.mori).get("/moderation").text


def test_it_is_there_for_whoever_looks_after_words_and_for_nobody_else(cast, client_for) -> None:
    for looks_after in (cast.marta, cast.stranger):  # the platform, and another group
        assert client_for(looks_after).get(PAGE).status_code == 200
    for other in (cast.ana, cast.ben):
        assert client_for(other).get(PAGE).status_code == 404
    assert client_for().get(PAGE).headers["Location"].startswith("/sign-in")


def test_its_words_are_one_press_away_from_the_decision_and_decide_nothing(
    cast, client_for, item_id
) -> None:
    browser, page = client_for(cast.mori), f"/moderation/{item_id}"
    plain = browser.get(page).text
    assert GUIDANCE["medical_claim"].first in plain
    assert REPLY.words not in plain
    address = f"{page}?words={REPLY.id}"
    assert address in plain
    begun = browser.get(address).text
    assert REPLY.words in begun
    assert re.search(r'<option selected value="medicine"', begun)
    assert "checked" not in begun.split("What happens to it?")[1].split("Which guideline?")[0]


def test_words_that_are_not_in_it_fill_in_nothing(cast, client_for, item_id) -> None:
    page = f"/moderation/{item_id}"
    browser = client_for(cast.mori)
    answer = browser.get(f"{page}?words=obey")
    assert answer.status_code == 200
    assert "selected" not in answer.text.split("Which guideline?")[1].split("Why?")[0].replace(
        '<option selected value="">', ""
    )


def test_what_was_typed_in_place_of_them_is_what_is_sent(cast, client_for, item_id) -> None:
    browser, page = client_for(cast.mori), f"/moderation/{item_id}?words={REPLY.id}"
    typed = {"outcome": "remove", "rule": "medicine", "why": "My own words.", "version": "1"}
    send(browser, page, f"/moderation/{item_id}", **typed)
    after = browser.get(f"/moderation/{item_id}").text
    assert "My own words." in after
    assert REPLY.words not in after


@pytest.mark.parametrize("reason", REASONS)
def test_there_are_words_for_every_reason_and_for_leaving_it_as_it_is(reason: str) -> None:
    assert replies_for(reason)[-1].id == "as-it-is"


@pytest.mark.parametrize("reply", REPLIES.values(), ids=lambda reply: reply.id)
def test_a_reply_names_a_guideline_and_fits_where_it_goes(reply) -> None:
    assert reply.rule_id in BY_ID
    assert 0 < len(reply.words) <= WORDS_MOST


WORDS = [
    *(words for passage in PASSAGES for words in passage.paragraphs),
    *(words for each in GUIDANCE.values() for words in (each.first, each.weigh)),
    *(reply.words for reply in REPLIES.values()),
]


@pytest.mark.parametrize("words", WORDS)
def test_it_is_plain_and_blames_nobody(words: str) -> None:
    """look-and-words 5.1."""
    for never in ("should", "violat", "banned", "patient", "suffer", "your fault", "'"):
        assert never not in words
    for sentence in re.split(r"[.?:]", words):
        assert len(sentence.split()) <= 26, sentence
