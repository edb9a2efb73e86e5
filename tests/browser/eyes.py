"""Two ways to look at a page: to measure it (eyes.js, axe), and to take its picture."""

from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path
from zlib import crc32

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = (ROOT / "node_modules/axe-core/axe.min.js", Path(__file__).with_name("eyes.js"))

THEMES = ("day", "evening", "low")
WIDE, PHONE = (1280, 800), (390, 700)
SMALLEST = (320, 256)  # WCAG's 1280 × 1024, four times as large

FORCED = "forced"  # the colours that a device has for everything

Sight = tuple[str, tuple[int, int]]  # a theme, and a window
EVERY: tuple[Sight, ...] = tuple((theme, size) for size, theme in product((WIDE, PHONE), THEMES))

Seen = dict[str, set[str]]
Faults = dict[str, list[str]]
Eye = Callable[[Page, str], Faults]

# What a member's own settings, and the text spacing of WCAG 1.4.12, do to a page.
SET = "([name, value]) => { document.documentElement.dataset[name] = value; }"
UNSET = "(name) => { delete document.documentElement.dataset[name]; }"
SPACED = """
() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* {
    line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important;
  }
  p { margin-block-end: 2em !important; }`);
  document.adoptedStyleSheets = [sheet];
}
"""
UNSPACED = "() => { document.adoptedStyleSheets = []; }"

# Everything that can be opened is looked into, and closed again.
OPEN = """
() => {
  window.opened = [...document.querySelectorAll("details:not([open])")];
  for (const fold of opened) fold.open = true;
}
"""
CLOSE = "() => { for (const fold of opened) fold.open = false; }"


def in_turn(caption: str) -> Sequence[Sight]:
    """The sight that falls to a page: the same each time, and with many pages each of them."""
    return [EVERY[crc32(caption.encode()) % len(EVERY)]]


def measure(
    page: Page,
    caption: str,
    seen: Seen | None = None,
    sights: Callable[[str], Sequence[Sight]] = lambda _: EVERY,
) -> Faults:
    """Everything that a machine can find wrong with one page, in these sights of it; and in the
    smallest window and in forced colours in any case.

    `seen` are the ways in which things were drawn on pages before, by theme, and this page’s are
    added. Only what is drawn in a new way is looked at in one more colour.
    """
    kinds = ("axe", "targets", "gaps", "reflow", "focus", "order", "forced", "words")
    faults: Faults = {kind: [] for kind in kinds}

    def note(kind: str, measured: str, where: str) -> None:
        found = page.evaluate(f"eyes.{measured}()")
        faults[kind] += [f"{each} ({where})" for each in found]

    page.evaluate(OPEN)
    page.keyboard.press("Tab")  # from now on whatever has the focus shows it
    page.evaluate("document.activeElement.blur()")
    chosen = sights(caption)
    fresh = _fresh(page, {} if seen is None else seen, [FORCED, *(theme for theme, _ in chosen)])
    # On a phone only the circle lays anything on a ground that it doesn’t lie on elsewhere.
    lays_alike = not page.locator("body.circle-page").count()
    first = chosen[0]
    for size in (WIDE, PHONE, SMALLEST):
        themes = [theme for theme, window in chosen if window == size]
        if not themes and size != SMALLEST:
            continue
        width, height = size
        at = f"{width} px"
        _resize(page, width, height)
        note("focus", "covered", f"{width} × {height} px")
        note("words", "broken", at)
        page.evaluate(SET, ["text", "200"])
        note("reflow", "reflow", f"{at}, text at 200 %")
        page.evaluate(UNSET, "text")
        if size == SMALLEST:
            continue
        # In a window so high that nothing lies under what sticks to its foot.
        _resize(page, width, max(height, page.evaluate("eyes.wholeHeight()")))
        note("targets", "tooSmall", at)
        note("gaps", "tooNear", at)
        page.evaluate(CLOSE)
        note("gaps", "tooNear", f"{at}, as it comes")
        page.evaluate(OPEN)
        note("order", "lost", at)
        for theme in themes:
            page.evaluate(SET, ["theme", theme])
            page.evaluate("(ways) => eyes.lookAt(ways)", fresh[theme])
            if theme == themes[0]:
                note("axe", "everyRule" if size == first[1] else "places", f"{at}, {theme}")
            # Every rule has looked at the first.
            if (theme, size) != first and fresh[theme] and not (size == PHONE and lays_alike):
                note("axe", "colours", f"{at}, {theme}")
            if size == first[1]:
                note("focus", "unringed", f"{at}, {theme}")
        page.evaluate(UNSET, "theme")
    note("reflow", "reflow", f"{at}, text at 100 %")
    page.evaluate(SPACED)
    note("reflow", "reflow", f"{at}, text spaced out")
    page.evaluate(UNSPACED)
    if fresh[FORCED]:
        # Black, as most people have it, so that whatever keeps an ink of the day can’t be seen.
        page.evaluate(SET, ["theme", "day"])
        page.emulate_media(forced_colors="active", color_scheme="dark")
        page.evaluate("(ways) => eyes.lookAt(ways)", fresh[FORCED])
        note("forced", "edgeless", "forced colours")
        note("focus", "unringed", "forced colours")
        page.emulate_media(forced_colors="none", color_scheme="light")
        page.evaluate(UNSET, "theme")
    faults["twins"] = page.evaluate("eyes.twins()")
    faults["headings"] = [] if page.locator("h1:visible").count() == 1 else ["not one h1"]
    page.evaluate(CLOSE)
    return faults


def _fresh(page: Page, seen: Seen, colours: Sequence[str]) -> dict[str, list[str]]:
    """The ways of drawing that this page is the first to show in these colours."""
    drawn = set(page.evaluate("eyes.waysDrawn()"))
    fresh = {}
    for each in dict.fromkeys(colours):
        before = seen.setdefault(each, set())
        fresh[each] = list(drawn - before)
        before |= drawn
    return fresh


def _resize(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
