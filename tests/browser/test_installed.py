"""On a phone, put on its home screen, and then without a line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.eyes import PHONE, SCRIPTS
from tests.browser.seated import until
from tests.browser.site import Copy, Site, started, window
from tests.core.push_service import OURS, push_service

pytestmark = pytest.mark.browser

WIDTH, HEIGHT = PHONE
WORDS = "I say that my neck has its own opinions."

IS_READY = """
async () => (await navigator.serviceWorker.ready).active.state === "activated"
"""
KEPT = """
async () => {
  const kept = [];
  for (const name of await caches.keys()) {
    const shelf = await caches.open(name);
    for (const asked of await shelf.keys()) {
      kept.push([new URL(asked.url).pathname, await (await shelf.match(asked)).text()]);
    }
  }
  return kept;
}
"""


SHOWN = """
async () => {
  const worker = await navigator.serviceWorker.ready;
  const shown = await worker.getNotifications();
  return shown.map(({ title, body }) => [title, body]);
}
"""
PUSHES, LOOKS = 4, 4
BETWEEN_LOOKS = 2_000  # ms
# The one thing that needs somebody else’s machine: a browser’s own push service.
SUBSCRIBES = "PushManager.prototype.subscribe = async () => (%s)"


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    """A site that has a key for pushes."""
    with started(Copy(tmp_path / "var", changes={"vapid_private_key": OURS})) as site:
        yield site


@pytest.fixture
def phone(whole_browser: Browser) -> Iterator[BrowserContext]:
    size = {"width": WIDTH, "height": HEIGHT}
    context = window(whole_browser, service_workers="allow", viewport=size)
    for script in SCRIPTS:
        context.add_init_script(path=script)
    context.grant_permissions(["notifications"])
    yield context
    context.close()


def expect_heading(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


@pytest.mark.thorough
@pytest.mark.holds("asvs:28")
def test_without_a_line_help_opens_nothing_written_is_lost_and_nothing_personal_is_kept(
    site: Site, phone: BrowserContext
) -> None:
    ben = site.look_around_as(phone, "Ben")
    until(ben, IS_READY)
    manifest = phone.new_cdp_session(ben).send("Page.getAppManifest")
    assert manifest["url"].endswith("/manifest.webmanifest")
    assert manifest["errors"] == []

    ben.get_by_role("link", name="What do you tell people at work?", exact=True).click()
    ben.wait_for_load_state()  # until its script is there
    ben.get_by_label("Your words").fill(WORDS)
    phone.set_offline(True)
    ben.get_by_role("button", name="Send my reply").click()
    expect(ben.get_by_role("alert")).to_contain_text("We couldn’t send that: you’re offline.")
    expect(ben.get_by_role("alert")).to_be_in_viewport()
    expect(ben.get_by_label("Your words")).to_have_value(WORDS)
    phone.set_offline(False)
    ben.get_by_role("button", name="Send my reply").click()
    expect(ben.get_by_role("article").filter(has_text=WORDS)).to_be_visible()

    phone.set_offline(True)
    ben.reload()
    expect_heading(ben, "You’re offline")
    assert ben.evaluate("eyes.everyRule()") == []
    ben.get_by_role("link", name="Get help now").click()
    expect_heading(ben, "Get help now")
    assert ben.evaluate("eyes.everyRule()") == []
    ben.get_by_text("United Kingdom", exact=True).click()
    expect(ben.get_by_role("link", name="999").first).to_be_visible()
    ben.get_by_role("link", name="Guidelines").click()
    expect_heading(ben, "You’re offline")
    phone.set_offline(False)
    ben.get_by_role("link", name="Try again").click()
    expect_heading(ben, "Guidelines")

    ben.get_by_role("button", name="Sign out").click()
    expect(ben.get_by_role("link", name="Sign in").first).to_be_visible()
    kept = ben.evaluate(KEPT)
    pages = {path for path, _ in kept if "/static/" not in path}
    assert pages == {"/offline", "/help-now", "/help-now/card"}
    for _, words in kept:
        assert "Sign out" not in words
        assert WORDS not in words
    phone.set_offline(True)
    ben.goto(f"{site.url}/help-now")
    expect_heading(ben, "Get help now")
    ben.get_by_role("link", name="My card for hard days").click()
    expect_heading(ben, "My card for hard days")
    expect(ben.get_by_label("People I can reach")).to_be_visible()  # its script is there, too


def test_a_device_that_was_asked_says_that_there_is_something_new_and_nothing_more(
    site: Site, phone: BrowserContext, tmp_path: Path
) -> None:
    with push_service(tmp_path) as service:
        phone.add_init_script(SUBSCRIBES % json.dumps(service.subscription()))
    ben = site.look_around_as(phone, "Ben")
    until(ben, IS_READY)
    ben.goto(f"{site.url}/news/choices")
    ben.get_by_role("button", name="Tell me on this device").click()
    expect(ben.get_by_text("This device tells you from now on.")).to_be_visible()
    assert ben.evaluate("eyes.everyRule()") == []
    shown = shown_when_pushed(phone, ben, site.origin, "Your appointment about your neck")
    assert shown == [["Circles", "There is something new"]]
    ben.get_by_role("button", name="Stop telling me on this device").click()
    expect(ben.get_by_role("button", name="Tell me on this device")).to_be_visible()


def shown_when_pushed(
    context: BrowserContext, page: Page, origin: str, words: str
) -> list[list[str]]:
    """What the device shows after a push came to this site’s worker, as from the push service.

    Asked between its keeping a notification and its showing it, Chromium takes it for one that was
    closed and forgets it. So it is asked seldom, and after nothing for a while pushed again.
    """
    devtools = context.new_cdp_session(page)
    known: list[dict[str, Any]] = []
    devtools.on(
        "ServiceWorker.workerRegistrationUpdated", lambda told: known.extend(told["registrations"])
    )
    devtools.send("ServiceWorker.enable")
    while not known:
        page.wait_for_timeout(50)  # until the browser has said which it has
    message = {"origin": origin, "registrationId": known[0]["registrationId"], "data": words}
    for _ in range(PUSHES):
        devtools.send("ServiceWorker.deliverPushMessage", message)
        for _ in range(LOOKS):
            page.wait_for_timeout(BETWEEN_LOOKS)
            if shown := page.evaluate(SHOWN):
                return list(shown)
    raise AssertionError("the device showed nothing")
