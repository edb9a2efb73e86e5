"""Makes var/gallery: every page, as everybody sees it, in three themes and at two widths.

It walks the way that the browser tests walk. `pages/` has the pictures, the contact sheets show
twelve of them each, and index.html leads to all.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.eyes import PHONE, SET, THEMES, UNSET, WIDE, Faults  # noqa: E402
from tests.browser.route import go_everywhere  # noqa: E402
from tests.browser.site import running  # noqa: E402
from tests.browser.tones import CHROMIUM, LAUNCH  # noqa: E402
from tests.browser.walk import Walk  # noqa: E402

GALLERY = ROOT / "var" / "gallery"
ON_A_SHEET = 12

HEAD = """<!DOCTYPE html><meta charset="utf-8"><title>Gallery</title><style>
  body { font: 16px system-ui; margin: 24px; background: #777; color: #fff }
  main { display: grid; gap: 24px; grid-template-columns: repeat(auto-fill, minmax(%dpx, 1fr)) }
  figure { margin: 0 } img { inline-size: 100%%; display: block } a { color: inherit }
  .sheet a { display: block; block-size: 640px; overflow: hidden }
</style>"""


@dataclass
class Camera:
    """An eye that takes pictures."""

    captions: list[str] = field(default_factory=list)

    def __call__(self, page: Page, caption: str) -> Faults:
        self.captions.append(caption)
        number = len(self.captions)
        for width, height in (WIDE, PHONE):
            page.set_viewport_size({"width": width, "height": height})
            for theme in THEMES:
                page.evaluate(SET, ["theme", theme])
                page.screenshot(path=GALLERY / _picture(number, width, theme), full_page=True)
        page.evaluate(UNSET, "theme")
        return {}


def _picture(number: int, width: int, theme: str) -> str:
    return f"pages/{number:03}-{width}-{theme}.png"


def _sheets(browser: Browser, captions: list[str]) -> Iterator[str]:
    """Each is a page of pictures, photographed."""
    page = browser.new_page(viewport={"width": 2000, "height": 1000})
    for (width, _), theme in product((WIDE, PHONE), THEMES):
        figures = [
            f'<figure><a><img src="{_picture(at, width, theme)}"></a>{escape(caption)}</figure>'
            for at, caption in enumerate(captions, 1)
        ]
        for first in range(0, len(figures), ON_A_SHEET):
            sheet = GALLERY / f"{width}-{theme}-{first + 1:03}.html"
            sheet.write_text(
                HEAD % (440 if width == WIDE[0] else 280)
                + f'<main class="sheet">{"".join(figures[first : first + ON_A_SHEET])}</main>'
            )
            page.goto(sheet.as_uri())
            page.screenshot(path=sheet.with_suffix(".png"), full_page=True)
            sheet.unlink()
            yield sheet.with_suffix(".png").name


def _index(captions: list[str], sheets: list[str]) -> str:
    kinds = [(width, theme) for (width, _), theme in product((WIDE, PHONE), THEMES)]
    rows = [
        f"<li>{escape(caption)}: "
        + ", ".join(f'<a href="{_picture(at, *kind)}">{kind[0]} {kind[1]}</a>' for kind in kinds)
        for at, caption in enumerate(captions, 1)
    ]
    shown = [f'<a href="{sheet}"><img src="{sheet}" alt="{sheet}"></a>' for sheet in sheets]
    return f"{HEAD % 440}<ol>{''.join(rows)}</ol><main>{''.join(shown)}</main>"


def main() -> None:
    """Walk, take the pictures, lay them out."""
    shutil.rmtree(GALLERY, ignore_errors=True)
    GALLERY.mkdir(parents=True)
    camera = Camera()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
        with running(Path(folder)) as site:
            go_everywhere(Walk(site.url, camera), site, browser)
        sheets = list(_sheets(browser, camera.captions))
        browser.close()
    (GALLERY / "index.html").write_text(_index(camera.captions, sheets))
    print(f"{len(camera.captions)} pages: {GALLERY / 'index.html'}")


if __name__ == "__main__":
    main()
