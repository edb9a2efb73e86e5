"""What a machine can say about every page: axe, one heading, no sideways scroll, no third party."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.seated import Seated, take_a_place, to_the_lobby
from tests.browser.site import Site, running, window
from tests.browser.walk import Walk

pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(600),  # the walk goes through a hundred and more pages
]

# Answers for scripts, and a page that there is only before the first admin is made.
NOT_WALKED = {
    "/healthz",
    "/circles/*/state",
    "/circles/*/ticket",
    "/come-in/first/*",
}


@pytest.fixture(scope="module")
def walk(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    """Every page, as everybody it looks different to."""
    with running(tmp_path_factory.mktemp("walked") / "var") as site:
        walk = Walk(site.url)
        _from_outside(walk, browser)
        for name in ("Ana", "Noor", "Hana", "Mori", "Marta", "Ellen"):
            with walk.watch(window(browser)) as context:
                walk.everywhere(site.look_around_as(context, name), name, "/home", "/no-such-page")
        _in_the_circle(walk, site, browser)
        _decided(walk, site, browser)
        yield walk


def _from_outside(walk: Walk, browser: Browser) -> None:
    """A guest, who joins."""
    with walk.watch(window(browser)) as context, walk.watch(window(browser)) as another:
        page = context.new_page()
        walk.everywhere(page, "a guest", "/", "/no-such-page")
        page.goto(f"{walk.origin}/sign-in")
        page.get_by_label("Your e-mail address").fill("wren@example.org")
        page.get_by_role("button", name="Send me a link").click()
        _arrive(walk, page, "a guest", "Look in your e-mail")
        page.get_by_role("link", name="See the letters").click()
        link = page.get_by_role("link", name="/come-in/").first.get_attribute("href")
        assert link
        walk.visit(another.new_page(), "a guest in another browser", link)
        page.goto(link)
        _arrive(walk, page, "a guest", "Come in")
        page.get_by_role("button", name="Sign me in").click()
        _arrive(walk, page, "somebody new", "About you")
        for path in ("/", "/topics", "/about-you"):
            walk.visit(page, "somebody new", path)
        page.get_by_label("Your name here").fill("Wren")
        page.get_by_role("checkbox", name="I am 18 or over").check()
        page.get_by_role("button", name="Go on").click()
        _arrive(walk, page, "somebody new", "Your consent")
        page.get_by_role("button", name="I consent to this").click()
        _arrive(walk, page, "somebody new", "Guidelines")
        for path in ("/home", "/groups/new", "/threads/new"):
            walk.visit(page, "somebody new", path)


def _arrive(walk: Walk, page: Page, who: str, heading: str) -> None:
    """Look at the page that a press led to, once it is there."""
    expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
    page.wait_for_load_state()
    walk.look(page, who)


def _in_the_circle(walk: Walk, site: Site, browser: Browser) -> None:
    """Before it, in every state of a turn, and after."""
    with walk.watch(window(browser)) as one, walk.watch(window(browser)) as other:
        hana, ana = _come_in(site, one, "Hana"), _come_in(site, other, "Ana")
        _look_at_both(walk, hana, ana, "before it starts")
        hana.press("Start the circle")
        ana.sees("Welcome")
        hana.press("Begin the round")
        ana.sees("It’s your turn, Ana")
        _look_at_both(walk, hana, ana, "somebody is asked")
        ana.press("Start my turn")
        hana.sees("Ana is speaking")
        _look_at_both(walk, hana, ana, "somebody speaks")
        ana.press("Type instead")
        hana.sees("Ana is sharing by text")
        ana.page.get_by_label("Your words", exact=True).fill("A few words.")
        ana.press("Show my words")
        expect(hana.page.locator("#log")).to_contain_text("A few words.")
        hana.page.get_by_text("Remove Ana", exact=True).click()
        hana.page.get_by_text("End the circle").click()
        _look_at_both(walk, hana, ana, "somebody types")
        hana.press("Yes, end it for everybody")
        _arrive(walk, ana.page, "Ana", "Thank you for being here")
        walk.visit(ana.page, "Ana, after the circle", ana.page.url.removesuffix("/thanks"))


def _come_in(site: Site, context: BrowserContext, name: str) -> Seated:
    page = site.look_around_as(context, name)
    to_the_lobby(page)
    return take_a_place(page, name)


def _look_at_both(walk: Walk, hana: Seated, ana: Seated, moment: str) -> None:
    walk.look(hana.page, f"Hana, {moment}")
    walk.look(ana.page, f"Ana, {moment}")


def _decided(walk: Walk, site: Site, browser: Browser) -> None:
    """A post is reported and removed: what its reporter, the moderator and its writer read."""
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Ruth")
        page.get_by_role("link", name="Injections next week").click()
        page.get_by_role("link", name="Report Gale’s post").click()
        page.get_by_role("link", name="Medical advice, pressure").click()
        page.get_by_role("button", name="Pressure to stop").click()
        _arrive(walk, page, "Ruth", "Thank you for telling us")
        page.get_by_role("link", name="My place").click()
        page.get_by_role("link", name="The bus, the window seat").click()
        own = [page.get_by_role("link", name=name) for name in ("Change my words", "Take it back")]
        for address in [link.get_attribute("href") for link in own]:
            assert address
            walk.visit(page, "Ruth", address)
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Mori")
        page.get_by_role("link", name="Moderation").click()
        page.get_by_role("link", name="Open").click()
        page.get_by_role("radio", name="Remove it").check()
        page.get_by_label("Which guideline?").select_option(index=3)
        page.get_by_label("Why? The writer reads this").fill("Nobody here may say that.")
        page.get_by_role("button", name="Send this decision").click()
        expect(page.get_by_role("heading", name="It has been decided")).to_be_visible()
        _arrive(walk, page, "Mori, who has decided", "Pressure to stop")
    with walk.watch(window(browser)) as context:
        page = site.look_around_as(context, "Gale")
        page.get_by_role("link", name="Injections next week").click()
        _arrive(walk, page, "Gale, whose reply is gone", "Injections next week")
        page.get_by_role("link", name="Read why").click()
        _arrive(walk, page, "Gale", "What we decided, and why")
        page.goto(f"{walk.origin}/admin/staff")
        walk.look(page, "Gale, who may not")


def test_axe_finds_nothing(walk: Walk) -> None:
    assert {str(each): sorted(each.faults) for each in walk.looked if each.faults} == {}


def test_no_two_controls_of_a_page_share_a_name(walk: Walk) -> None:
    assert {str(each): each.twins for each in walk.looked if each.twins} == {}


def test_every_page_has_one_heading_above_all(walk: Walk) -> None:
    assert [str(each) for each in walk.looked if each.headings != 1] == []


def test_nothing_is_wider_than_a_small_phone(walk: Walk) -> None:
    assert [str(each) for each in walk.looked if each.is_sideways] == []


@pytest.mark.holds("promise:10")
def test_no_page_asks_anybody_but_us(walk: Walk) -> None:
    assert walk.asked_of == {walk.origin}


def test_no_page_complains(walk: Walk) -> None:
    assert walk.complaints == []


def test_the_walk_left_no_page_out(walk: Walk, application: Flask) -> None:
    pages = {
        re.sub("<[^>]*>", "*", rule.rule)
        for rule in application.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and rule.endpoint != "static"
    }
    assert pages - NOT_WALKED <= walk.shapes
