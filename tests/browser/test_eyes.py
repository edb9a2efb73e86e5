"""The eyes see: each kind of fault is found on a page that has it, and what is well is let be."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.eyes import (
    EVERY,
    SCRIPTS,
    SET,
    THEMES,
    UNSET,
    Faults,
    Seen,
    Sight,
    in_turn,
    measure,
)
from tests.browser.site import Site, window

pytestmark = pytest.mark.browser

WELL = """
<!DOCTYPE html><html lang="en"><meta name="viewport" content="width=device-width"><title>A</title>
<style>
  * { margin: 0 } body { font-size: 20px; background: #fff; color: #222 }
  :focus-visible { outline: 3px solid #000; outline-offset: 2px }
  a.alone, button, summary { display: inline-flex; align-items: center; min-height: 48px;
    min-width: 48px; margin: 12px; color: #036; background: #fff }
  button { border: 2px solid #333; font: inherit } p { overflow-wrap: anywhere }
</style>
<main><h1>One</h1>
<p>Words, and <a href="/two" style="color: #036; text-decoration: underline">a link</a> in them.</p>
<p><a class="alone" href="/three">Three</a></p>
<button>Four</button>
HERE
</main></html>
"""

# Each page has faults of several kinds, that don’t stand in each other’s way.
BAD: list[tuple[str, list[tuple[str, str]]]] = [
    ('<p style="color: #999">Hardly to be read</p>'
     '<p style="background: linear-gradient(#fff, #000)">Who knows?</p>',
     [("axe", "color-contrast"), ("axe", "gradient")]),
    ('<p><a href="/small">Small</a></p>'
     '<p>One of two: <input type="checkbox" aria-label="Tick"></p>',
     [("targets", "a “Small” is"), ("targets", "input")]),
    ('<button style="margin: 0">Left</button><button>Right</button>'
     '<button style="margin-left: -6px">Near</button>'
     '<details><summary style="margin: 0">One fold</summary><p>It is far from</p></details>'
     '<details><summary style="margin: 0">another</summary><p>when it is open</p></details>',
     [("gaps", "“Right” and button “Near”"), ("gaps", "“One fold” and summary “another”")]),
    ('<p style="width: 1400px">Wide</p>'
     '<p style="height: 20px; overflow: hidden">Two<br>lines</p>'
     '<p style="border: 1px solid; width: 80px; overflow-wrap: normal">Incomprehensibilities</p>'
     '<p style="width: 9em; letter-spacing: normal; white-space: nowrap; overflow: hidden">'
     "Just as wide as</p>",
     [("reflow", "sideways: p “Wide” (320 px"), ("reflow", "sideways: p “Wide” (1280 px"),
      ("reflow", "cut off: p “Two"), ("reflow", "sticks out: p “Incompr"),
      ("reflow", "text spaced out")]),
    ('<button style="inline-size: 60px; overflow-wrap: anywhere">Captions</button>',
     [("words", "Captions in button “Captions” (320 px)")]),
    ('<button style="outline: none">Unseen</button>'
     '<button style="outline: 1px solid #000">Thin</button>'
     '<button style="outline: 3px solid #eee">Pale</button>'
     '<button style="outline-color: #333; forced-color-adjust: none">Dark</button>'
     '<p style="outline: 3px solid #000"><button>Twice</button></p>',
     [("focus", "“Unseen” shows no focus"), ("focus", "“Thin” shows 1px"),
      ("focus", "“Pale” shows 3px"), ("focus", "“Dark” shows 3px of focus at 1.7:1 (forced"),
      ("focus", "“Twice” shows more than one ring")]),
    ('<div style="position: fixed; inset: 0; background: #fff">Over all</div>',
     [("focus", "“Four” (1280 × 800 px)"), ("focus", "“Four” (320 × 256 px)")]),
    ('<p><a class="alone" href="/elsewhere">Three</a></p><h1>Another</h1>',
     [("twins", "three"), ("headings", "not one h1")]),
    ("<button onkeydown=\"event.key === 'Tab' && event.preventDefault()\">Trap</button>"
     '<div style="display: grid"><button>Second</button>'
     '<button style="order: -1">First</button></div>'
     '<div style="display: flex; flex-direction: row-reverse"><button>Right</button>'
     "<button>Left</button></div>",
     [("order", "“Trap” lets nobody go on"), ("order", "“First” comes later"),
      ("order", "“Left” comes later")]),
    ('<button style="border: 0; background: #ddd">Flat</button>'
     '<a class="btn alone" href="/five">Five</a><button aria-pressed="true">In</button>'
     '<p>Dark <svg class="icon" style="forced-color-adjust: none; stroke: #333"></svg>',
     [("forced", "“Flat” has no edge"), ("forced", "“Five” has no edge"),
      ("forced", "“In” looks as if it weren’t pressed"),
      ("forced", "an icon can’t be seen: p “Dark”")]),
]  # fmt: skip

ALL_KINDS = """
<h1>Two</h1><p style="color: #999">Hardly to be read</p><p><a href="/small">Small</a></p>
<p style="width: 1400px">Wide</p><button style="margin: 0; border: 0">Flat</button
><button style="margin: 0; outline: none; inline-size: 60px; overflow-wrap: anywhere"
>Captions</button>
<div style="display: grid"><button>Second</button><button style="order: -1">First</button></div>
<a class="alone" href="/elsewhere">Three</a>
"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with closing(window(browser)) as context:
        for script in SCRIPTS:
            context.add_init_script(path=script)
        yield context.new_page()


def shown(
    page: Page, more: str, seen: Seen | None = None, sights: Sequence[Sight] = EVERY
) -> Faults:
    page.route("**/*", lambda route: route.fulfill(body=WELL.replace("HERE", more)))
    page.goto("http://page.invalid/")
    return measure(page, "", seen, lambda _: sights)


def test_they_find_nothing_on_a_page_that_is_well(page: Page) -> None:
    assert {kind: found for kind, found in shown(page, "").items() if found} == {}


@pytest.mark.parametrize(("more", "wrong"), BAD, ids=[wrong[0][1] for _, wrong in BAD])
def test_they_find_it(page: Page, more: str, wrong: list[tuple[str, str]]) -> None:
    found = shown(page, more)
    for kind, words in wrong:
        assert any(words in each for each in found[kind]), (words, found[kind])


@pytest.mark.parametrize(("theme", "window"), EVERY)
def test_one_theme_and_one_width_show_every_kind_of_fault(
    page: Page, theme: str, window: tuple[int, int]
) -> None:
    found = shown(page, ALL_KINDS, sights=[(theme, window)])
    assert {kind for kind, faults in found.items() if faults} == found.keys()
    assert {each for each in found["axe"] if f"{window[0]} px, {theme}" not in each} == set()


def test_every_theme_and_width_comes_round_and_each_page_keeps_its_own() -> None:
    pages = [f"/calls/* ({number})" for number in range(60)]
    assert {each for page in pages for each in in_turn(page)} == {*EVERY}
    assert [in_turn(each) for each in pages] == [in_turn(each) for each in pages]
    assert in_turn("/home (Ana)") == [("evening", (1280, 800))]


PALE_AT_NIGHT = "<style>[data-theme=evening] .new { color: #eee }</style>"


def test_what_is_drawn_for_the_first_time_is_seen_in_every_theme(page: Page) -> None:
    seen: Seen = {}
    assert shown(page, PALE_AT_NIGHT, seen)["axe"] == []
    assert shown(page, f"{PALE_AT_NIGHT}<p class='old'>More</p>", seen)["axe"] == []
    pale = shown(page, f"{PALE_AT_NIGHT}<p class='new'>More</p>", seen)["axe"]
    assert all("evening" in each for each in pale)
    assert pale
    assert shown(page, f"{PALE_AT_NIGHT}<p class='new'>Else</p>", seen)["axe"] == []


COLOURS = """
() => [...document.querySelectorAll("body, body *")].map((each) => {
  const style = getComputedStyle(each);
  const kinds = ["color", "backgroundColor", "borderColor", "outlineColor", "fill", "stroke"];
  return [each.tagName, ...kinds.map((kind) => style[kind])].join(" ");
})
"""


def test_a_theme_that_is_put_on_a_page_looks_as_when_the_server_sends_it(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    page = site.look_around_as(open_window(), "Ana")
    for theme in THEMES:
        page.goto(f"{site.url}/calls")
        page.evaluate(SET, ["theme", theme])
        put_on = page.evaluate(COLOURS)
        page.goto(f"{site.url}/comfort")
        page.locator(f"input[name=theme][value={theme}]").check()
        page.get_by_role("button", name="Save Look").click()
        expect(page.get_by_text("Saved.")).to_be_visible()
        page.goto(f"{site.url}/calls")
        assert page.locator("html").get_attribute("data-theme") == theme
        assert page.evaluate(COLOURS) == put_on


def test_without_a_theme_the_page_follows_the_device(
    site: Site, open_window: Callable[[], BrowserContext]
) -> None:
    page = open_window().new_page()
    page.goto(site.url)
    for scheme, theme in (("light", "day"), ("dark", "evening")):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        followed = page.evaluate(COLOURS)
        page.evaluate(SET, ["theme", theme])
        assert page.evaluate(COLOURS) == followed
        page.evaluate(UNSET, "theme")
