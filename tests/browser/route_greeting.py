"""The way through the site where somebody greets new members of a group."""

from playwright.sync_api import Browser

from tests.browser.route_in_circle import LONG_WORD
from tests.browser.site import Site, window
from tests.browser.walk import Walk


def greeting_new_members(walk: Walk, site: Site, browser: Browser) -> None:
    """Hana asks Ruth, who says yes and writes; Tom, who is new, meets her, and Mori looks after
    what is written."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Hana")
        page.get_by_role("link", name="Neck, evenings", exact=True).click()
        group = page.url
        page.get_by_role("link", name="Change who does what").click()
        page.get_by_role("link", name="Who greets new members").click()
        walk.arrive(page, "Hana, where nobody greets", "Who greets new members")
        page.goto(f"{group}/roles")
        page.get_by_role("link", name="Ruth").click()
        page.get_by_role("button", name="Ask Ruth to greet").click()
        walk.arrive(page, "Hana, who has asked Ruth to greet", "Who greets new members")
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Ruth")
        walk.visit(page, "Ruth, who is asked to greet", group)
        page.get_by_role("link", name="Read what it is, and say yes or no").click()
        walk.arrive(page, "Ruth, who is asked to greet", "Who greets new members")
        page.get_by_role("button", name="Yes, I’ll greet").click()
        walk.arrive(page, "Ruth, who greets", "What new members read")
        page.get_by_label("Your words to new members").fill(f"Hello, {LONG_WORD}.")
        page.get_by_role("button", name="Save it").click()
        walk.arrive(page, "Ruth, who greets", "Who greets new members")
        page.get_by_role("link", name="First words").click()
        walk.arrive(page, "Ruth, who greets", "First words")
    for name in ("Tom", "Mori"):
        with walk.watch(window(browser)) as context:
            page = site.look_around_as(context, name)
            for place in (group, f"{group}/greeter"):
                walk.visit(page, f"{name}, where Ruth greets", place)
