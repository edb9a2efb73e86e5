"""What was said on a page of a thread stays, however long somebody needs."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.site import Site
from tests.browser.test_closed_eyes import answers
from tests.browser.test_draft import open_thread

pytestmark = pytest.mark.browser


@pytest.mark.holds("F:F52")
def test_ten_minutes_later_every_message_of_a_thread_is_still_there(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    sam = site.look_around_as(open_window(), "Sam")
    sam.clock.install()
    open_thread(sam)
    sam.get_by_label("Your words").fill("I would stop the tablets.")
    sam.get_by_role("button", name="Keep it for later").click()
    ben = site.look_around_as(open_window(), "Ben")
    open_thread(ben)
    answers(ben, "That it comes and goes.")
    messages = [
        sam.get_by_role("status").get_by_text("Your words are safe.").first,  # what was pressed
        sam.get_by_text("This is your draft from"),
        sam.get_by_text("There’s a dose or a medicine in your words."),
        sam.get_by_role("link", name="Show 1 new reply"),
    ]
    for message in messages:
        expect(message).to_be_visible()
    sam.clock.fast_forward("10:00")
    sam.wait_for_timeout(500)
    for message in messages:
        expect(message).to_be_visible()
