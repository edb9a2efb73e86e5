"""Makes static/img/app-*.png, the picture of the site on a home screen: the mark, on paper.

The mark keeps to the middle four fifths, so that a phone may cut any shape out of it.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from community.home.offline_views import ICON_SIZES, PAPER  # noqa: E402
from tests.browser.tones import CHROMIUM, LAUNCH  # noqa: E402

IMAGES = ROOT / "static" / "img"
INK = "#1F5A52"  # the green of a main button, by day
PAGE = """
<body style="margin: 0; background: {paper}">
{sprite}
<svg width="{size}" height="{size}" viewBox="-15 -15 78 78" style="display: block">
  <use href="#mark" width="48" height="48" fill="none" color="{ink}" stroke="{ink}"
    stroke-width="2.8"/>
</svg>
"""


def main() -> None:
    """One picture of each size."""
    sprite = (IMAGES / "icons.svg").read_text().replace("<svg ", '<svg hidden width="0" ', 1)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
        for size in ICON_SIZES:
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(PAGE.format(sprite=sprite, size=size, paper=PAPER, ink=INK))
            page.screenshot(path=IMAGES / f"app-{size}.png")
        browser.close()


if __name__ == "__main__":
    main()
