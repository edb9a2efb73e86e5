"""How letters look: by day and by night, on a small phone and on a desk."""

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from community.core.letters import facts_of
from community.core.wording import worded
from tests.browser.eyes import SCRIPTS
from tests.browser.site import window
from tests.house.test_letters import KINDS, classes, of_every_shape

pytestmark = pytest.mark.browser

LOOKED_FOR = ("colours", "tooSmall", "tooNear", "reflow")


def faults(page: Page) -> list[str]:
    found = []
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for fault in LOOKED_FOR:
                found += [
                    f"{each} ({width} px, {scheme})" for each in page.evaluate(f"eyes.{fault}()")
                ]
    return found


@pytest.mark.thorough
def test_every_letter_can_be_read_and_pressed_anywhere(app: Flask, browser: Browser) -> None:
    found = {}
    with window(browser) as context, app.app_context():
        for script in SCRIPTS:
            context.add_init_script(path=script)
        page = context.new_page()
        page.goto("about:blank")
        for kind in KINDS:
            longest = list(of_every_shape(classes()[kind]))[-1]
            page.set_content(worded(kind, {"zone": "Europe/London", **facts_of(longest)}).html)
            if wrong := faults(page):
                found[kind] = wrong
    assert found == {}
