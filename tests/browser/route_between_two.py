"""The way of two who are asked something by a moderator, and of words without a name that one sets
aside."""

from playwright.sync_api import Browser, Page, expect

from tests.browser.site import Site, window
from tests.browser.walk import Walk

THREAD, SAYS = "A pillow that stays", "Says somebody is faking"


def between_two(walk: Walk, site: Site, browser: Browser) -> None:
    """Tom says something to Ruth, and a moderator asks the two about a word of apology."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Tom")
        _open(walk, page)
        _reply(page, "@Ruth, it’s only stress.")
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Ana")
        _open(walk, page)
        page.get_by_role("link", name="Report Tom’s post").last.click()
        page.get_by_role("link", name="Unkind or unsafe").click()
        page.get_by_role("button", name=SAYS).click()
        walk.arrive(page, "Ana", "Thank you for telling us")
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Mori")
        page.goto(f"{walk.origin}/moderation")
        page.get_by_role("link", name=f"Open : {SAYS}").last.click()
        page.get_by_role("radio", name="Ask two people about a word of apology").check()
        page.get_by_label("Who is the other one?").select_option(label="Ruth")
        page.get_by_label("Which guideline?").select_option(index=8)
        page.get_by_label("Why? The writer reads this").fill("It can hurt to be told that.")
        walk.look(page, "Mori, who asks two people")
        page.get_by_role("button", name="Send this decision").click()
        walk.arrive(page, "Mori, who has asked two people", SAYS)
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Tom")
        page.goto(f"{walk.origin}/news/")
        walk.look(page, "Tom, who is asked")
        page.get_by_role("button", name="Read").first.click()
        walk.arrive(page, "Tom, who is asked", "What we decided, and why")
        page.get_by_role("link", name="Read what we ask you").click()
        walk.arrive(page, "Tom, who is asked", "A word of apology")
        page.get_by_role("radio", name="I’m sorry for how I said it.").check()
        page.get_by_role("button", name="Send my answer").click()
        walk.arrive(page, "Tom, who has answered", "A word of apology")
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Ruth")
        page.goto(f"{walk.origin}/news/")
        page.get_by_role("button", name="Read it, and answer if you like").first.click()
        walk.arrive(page, "Ruth, who is asked", "A word of apology")
        page.get_by_role("radio", name="Yes, I’d like to hear it").check()
        page.get_by_role("button", name="Send my answer").click()
        walk.arrive(page, "Ruth, who reads it", "A word of apology")


def set_aside(walk: Walk, site: Site, browser: Browser) -> None:
    """Tom writes without a name; a moderator leaves it to another one."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Tom")
        _open(walk, page)
        _reply(page, "Nobody here knows anything.", unnamed=True)
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Mori")
        _open(walk, page)
        page.get_by_role("link", name="Decide about it").last.click()
        walk.arrive(page, "Mori, who sets something aside", "Set it aside?")
        page.get_by_role("button", name="Set it aside").click()
        walk.arrive(page, "Mori, who has set it aside", THREAD)
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Hana")
        page.goto(f"{walk.origin}/moderation")
        page.get_by_role("link", name="Open : Something else").last.click()
        walk.arrive(page, "Hana, to whom it was left", "Something else")


def _open(walk: Walk, page: Page) -> None:
    page.goto(f"{walk.origin}/groups")
    page.get_by_role("link", name="Neck, evenings", exact=True).click()
    page.get_by_role("link", name=THREAD).first.click()


def _reply(page: Page, words: str, *, unnamed: bool = False) -> None:
    page.get_by_label("Your words").fill(words)
    if unnamed:
        page.get_by_label("Write without my name").check()
    page.get_by_role("button", name="Send my reply").click()
    expect(page.get_by_label("Your words")).to_have_value("")
