"""The way through the pages of pictures."""

from playwright.sync_api import Browser, expect

from tests.browser.route_in_circle import LONG_WORD
from tests.browser.site import Site, window
from tests.browser.walk import Walk
from tests.threads.drawn import picture


def with_pictures(walk: Walk, site: Site, browser: Browser) -> None:
    """Without script: one that is kept, described and sent. Then words come before pictures."""
    with walk.watch(browser.new_context(java_script_enabled=False)) as context:
        page = site.look_around_as(context, "Sam")
        page.get_by_role("link", name="A good morning, for once").first.click()
        page.get_by_label("Your words").fill("And the evening.")
        page.get_by_role("button", name="Add a picture").click()
        added = page.url
        page.get_by_label("Choose a picture").set_input_files(
            {"name": "evening.png", "mimeType": "image/png", "buffer": picture("PNG", (900, 500))}
        )
        page.get_by_role("button", name="Add this picture").click()
        page.get_by_label("What the picture shows").fill(f"{LONG_WORD}, half red, half white.")
        page.get_by_role("button", name="Save").click()
        expect(page.get_by_label("Your words")).to_have_value("And the evening.")
        page.get_by_role("button", name="Change or take out").click()
        own = page.url
        page.get_by_role("link", name="Back to my words").click()
        thread = page.url
        page.get_by_role("button", name="Send my reply").click()
        expect(page.get_by_role("img", name=LONG_WORD)).to_be_visible()
        page.get_by_role("link", name="Change my words").last.click()
        page.get_by_role("button", name="Add a picture").click()
        changing = page.url
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Sam")
        for path in (thread, own, own.removesuffix("/own"), added, changing, "/pictures/new"):
            walk.visit(page, "Sam, with pictures", path)
        page.goto(f"{walk.origin}/comfort#pictures-set")
        page.get_by_role("radio", name="Pictures wait behind a press").check()
        page.get_by_role("button", name="Save Pictures and video").click()
        walk.arrive(page, "Sam, who has words first", "Comfort settings")
        page.goto(thread)
        walk.look(page, "Sam, who has words first")
