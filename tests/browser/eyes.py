"""Two ways to look at a page: to measure it (eyes.js, axe), and to take its picture."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = (ROOT / "node_modules/axe-core/axe.min.js", Path(__file__).with_name("eyes.js"))

THEMES = ("day", "evening", "low")
WIDE, PHONE = (1280, 800), (390, 700)
SMALLEST = (320, 256)  # WCAG's 1280 × 1024, four times as large
TALL = 12000  # so that nothing lies under what sticks to the foot of a window

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


def measure(page: Page, caption: str) -> Faults:
    """Everything that a machine can find wrong with one page."""
    kinds = ("axe", "targets", "gaps", "reflow", "focus", "order", "forced", "words")
    faults: Faults = {kind: [] for kind in kinds}

    def note(kind: str, measured: str, where: str) -> None:
        found = page.evaluate(f"eyes.{measured}()")
        faults[kind] += [f"{each} ({where})" for each in found]

    # On a phone only the circle lays anything on a ground that it doesn’t lie on elsewhere.
    in_every_theme = (WIDE, PHONE) if page.locator("body.circle-page").count() else (WIDE,)
    page.evaluate(OPEN)
    page.keyboard.press("Tab")  # from now on whatever has the focus shows it
    page.evaluate("document.activeElement.blur()")
    for window in (WIDE, PHONE):
        width = window[0]
        _resize(page, width, TALL)
        note("targets", "tooSmall", f"{width} px")
        note("gaps", "tooNear", f"{width} px")
        note("order", "lost", f"{width} px")
        for theme in THEMES:
            with_theme = f"{width} px, {theme}"
            page.evaluate(SET, ["theme", theme])
            is_first = theme == THEMES[0]
            if is_first:
                note("axe", "everyRule", with_theme)
            elif window in in_every_theme:
                note("axe", "colours", with_theme)  # a theme changes nothing else
            if window == WIDE:
                note("focus", "unringed", with_theme)
    # Black, as most people have it, so that whatever keeps an ink of the day can’t be seen.
    page.evaluate(SET, ["theme", "day"])
    page.emulate_media(forced_colors="active", color_scheme="dark")
    note("forced", "edgeless", "forced colours")
    note("focus", "unringed", "forced colours")
    page.emulate_media(forced_colors="none", color_scheme="light")
    page.evaluate(UNSET, "theme")
    faults["twins"] = page.evaluate("eyes.twins()")
    faults["headings"] = [] if page.locator("h1:visible").count() == 1 else ["not one h1"]
    for width, height in (WIDE, PHONE, SMALLEST):
        _resize(page, width, height)
        note("focus", "covered", f"{width} × {height} px")
        note("words", "broken", f"{width} px")
        page.evaluate(SET, ["text", "200"])
        note("reflow", "reflow", f"{width} px, text at 200 %")
        page.evaluate(UNSET, "text")
    note("reflow", "reflow", f"{SMALLEST[0]} px, text at 100 %")
    page.evaluate(SPACED)
    note("reflow", "reflow", f"{SMALLEST[0]} px, text spaced out")
    page.evaluate(UNSPACED)
    page.evaluate(CLOSE)
    return faults


def _resize(page: Page, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
