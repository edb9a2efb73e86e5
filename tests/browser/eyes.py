"""Two ways to look at a page: to measure it (eyes.js, axe), and to take its picture."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = (ROOT / "node_modules/axe-core/axe.min.js", Path(__file__).with_name("eyes.js"))

THEMES = ("day", "evening", "low")
WIDE, PHONE = (1280, 800), (390, 700)
SMALLEST = (320, 256)  # WCAG's 1280 × 1024, four times as large

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


def measure(page: Page, caption: str, seen: set[str] | None = None) -> Faults:
    """Everything that a machine can find wrong with one page.

    `seen` are the ways in which things were drawn on pages before, and this page’s are added. Only
    what is drawn in a new way is looked at in every colour there is.
    """
    kinds = ("axe", "targets", "gaps", "reflow", "focus", "order", "forced", "words")
    faults: Faults = {kind: [] for kind in kinds}

    def note(kind: str, measured: str, where: str) -> None:
        found = page.evaluate(f"eyes.{measured}()")
        faults[kind] += [f"{each} ({where})" for each in found]

    page.evaluate(OPEN)
    page.keyboard.press("Tab")  # from now on whatever has the focus shows it
    page.evaluate("document.activeElement.blur()")
    drawn = set(page.evaluate("eyes.waysDrawn()"))
    fresh = drawn - (seen or set())
    if seen is not None:
        seen |= drawn
    page.evaluate("(ways) => eyes.lookAt(ways)", list(fresh))
    # On a phone only the circle lays anything on a ground that it doesn’t lie on elsewhere.
    in_colours = (WIDE, PHONE) if page.locator("body.circle-page").count() else (WIDE,)
    for width, height in (WIDE, PHONE, SMALLEST):
        at = f"{width} px"
        _resize(page, width, height)
        note("focus", "covered", f"{width} × {height} px")
        note("words", "broken", at)
        page.evaluate(SET, ["text", "200"])
        note("reflow", "reflow", f"{at}, text at 200 %")
        page.evaluate(UNSET, "text")
        if width == SMALLEST[0]:
            continue
        # In a window so high that nothing lies under what sticks to its foot.
        _resize(page, width, max(height, page.evaluate("eyes.wholeHeight()")))
        note("targets", "tooSmall", at)
        note("gaps", "tooNear", at)
        note("order", "lost", at)
        note("axe", "everyRule" if width == WIDE[0] else "places", at)
        for theme in THEMES if fresh and (width, height) in in_colours else ():
            page.evaluate(SET, ["theme", theme])
            if (width, theme) != (WIDE[0], THEMES[0]):  # every rule has looked at that
                note("axe", "colours", f"{at}, {theme}")
            if width == WIDE[0]:
                note("focus", "unringed", f"{at}, {theme}")
        page.evaluate(UNSET, "theme")
    note("reflow", "reflow", f"{at}, text at 100 %")
    page.evaluate(SPACED)
    note("reflow", "reflow", f"{at}, text spaced out")
    page.evaluate(UNSPACED)
    if fresh:
        # Black, as most people have it, so that whatever keeps an ink of the day can’t be seen.
        page.evaluate(SET, ["theme", "day"])
        page.emulate_media(forced_colors="active", color_scheme="dark")
        note("forced", "edgeless", "forced colours")
        note("focus", "unringed", "forced colours")
        page.emulate_media(forced_colors="none", color_scheme="light")
        page.evaluate(UNSET, "theme")
    faults["twins"] = page.evaluate("eyes.twins()")
    faults["headings"] = [] if page.locator("h1:visible").count() == 1 else ["not one h1"]
    page.evaluate(CLOSE)
    return faults


def _resize(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
