"""Answering by few presses: a word, words to begin with, and the question that is asked once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from community.accounts.rules import PRESS_FILTER
from tests.browser.site import Site

pytestmark = pytest.mark.browser

TITLE = "The bus, the window seat, and which way I face"
ADVICE = "You should rest."


def open_thread(page: Page) -> None:
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", name=TITLE)).to_be_visible()
    page.wait_for_load_state()  # until its script is there


@pytest.mark.holds("F:F81", "F:F85")
def test_a_word_is_given_and_taken_back_without_leaving_the_page(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    hana = site.look_around_as(open_window(), "Hana")
    open_thread(hana)
    word = hana.get_by_role("button", name="With you to post 1")
    word.scroll_into_view_if_needed()
    hana.evaluate("window.isTheSame = true")
    at = word.bounding_box()
    word.click()
    expect(hana.get_by_text("Only Ruth reads it, and not that it’s from you.")).to_be_visible()
    expect(word).to_have_attribute("aria-pressed", "true")
    before, after = at, word.bounding_box()
    assert before is not None
    assert after is not None
    assert after["y"] == before["y"]
    hana.wait_for_timeout(PRESS_FILTER)  # sooner it would be the same press twice
    word.click()
    expect(hana.get_by_text("“With you” is taken back.")).to_be_visible()
    expect(word).to_have_attribute("aria-pressed", "false")
    hana.wait_for_timeout(PRESS_FILTER)
    word.click()
    expect(word).to_have_attribute("aria-pressed", "true")
    assert hana.evaluate("window.isTheSame")
    hana.reload()
    expect(word).to_have_attribute("aria-pressed", "true")


@pytest.mark.holds("F:F82")
def test_a_shaking_hand_opens_what_it_opens_and_ticks_what_it_ticks(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    hana = site.look_around_as(open_window(), "Hana")
    open_thread(hana)
    words = hana.get_by_role("button", name="I hear you.")
    hana.get_by_text("Words to begin with").dblclick()
    expect(words).to_be_visible()
    unnamed = hana.get_by_role("checkbox", name="Write without my name")
    hana.get_by_text("Write without my name").dblclick()
    expect(unnamed).to_be_checked()
    hana.wait_for_timeout(PRESS_FILTER)
    hana.get_by_text("Words to begin with").click()
    expect(words).to_be_hidden()
    unnamed.dblclick()
    expect(unnamed).not_to_be_checked()


@pytest.mark.holds("F:F85")
def test_words_to_begin_with_stand_in_the_box_and_are_kept(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    hana = site.look_around_as(open_window(), "Hana")
    open_thread(hana)
    hana.get_by_text("Words to begin with").click()
    hana.get_by_role("button", name="I hear you.").dblclick()
    hana.get_by_role("button", name="No reply needed.").click()
    expect(hana.get_by_label("Your words")).to_have_value("I hear you. No reply needed. ")
    expect(hana.get_by_text("“No reply needed.” stands in your reply now.")).to_be_visible()
    expect(hana.get_by_text("Your words are safe.")).to_be_visible()


@pytest.mark.holds("F:F82")
def test_the_question_is_asked_once_and_a_second_press_sends_nothing(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    hana = site.look_around_as(open_window(), "Hana")
    open_thread(hana)
    hana.get_by_label("Your words").fill(ADVICE)
    send = hana.get_by_role("button", name="Send my reply")
    question = hana.get_by_role("group", name="One question before it goes")
    send.dblclick()
    expect(question).to_be_focused()
    send.click()
    expect(question).to_be_focused()
    hana.get_by_role("button", name="Change my words").click()
    expect(question).to_be_hidden()
    expect(hana.get_by_label("Your words")).to_be_focused()
    send.click()
    expect(hana.locator("article").get_by_text(ADVICE)).to_be_visible()
    expect(hana.locator("article").get_by_text(ADVICE)).to_have_count(1)


def test_words_that_were_changed_are_an_answer_to_the_question(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    hana = site.look_around_as(open_window(), "Hana")
    open_thread(hana)
    box = hana.get_by_label("Your words")
    box.fill(ADVICE)
    send = hana.get_by_role("button", name="Send my reply")
    send.click()
    question = hana.get_by_role("group", name="One question before it goes")
    expect(question).to_be_focused()
    box.fill("I rested at the weir today.")
    expect(question).to_be_hidden()
    hana.wait_for_timeout(PRESS_FILTER)
    send.click()
    expect(hana.locator("article").get_by_text("I rested at the weir")).to_be_visible()


def test_it_goes_as_it_is_by_one_press_more(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    hana = site.look_around_as(open_window(), "Hana")
    open_thread(hana)
    hana.get_by_label("Your words").fill("Why don’t you rest?")
    hana.get_by_role("button", name="Send my reply").click()
    hana.get_by_role("button", name="Send it as it is").click()
    expect(hana.locator("article").get_by_text("Why don’t you rest?")).to_be_visible()
