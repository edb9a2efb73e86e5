"""Makes docs/circle.png, the README's picture: a circle of the demo, in a real browser."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.seated import come_in  # noqa: E402
from tests.browser.site import Site, window  # noqa: E402
from tests.browser.tones import CHROMIUM, LAUNCH  # noqa: E402


def main() -> None:
    """Ana speaks, Ben is next, and the picture is Ben's page."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Site(Path(folder))
        site.start()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=LAUNCH)
        try:
            people = {
                name: come_in(site, window(browser, viewport={"width": 1280, "height": 800}), name)
                for name in ("Hana", "Ana", "Ben")
            }
            people["Hana"].press("Start the circle")
            people["Ana"].sees("Welcome")
            people["Hana"].press("Begin the round")
            people["Ana"].sees("It’s your turn, Ana")
            people["Ana"].press("Start my turn")
            people["Ben"].sees("Ana is speaking")
            expect(people["Ben"].page.locator("#note")).to_contain_text("You’re next")
            people["Ben"].page.screenshot(path=ROOT / "docs" / "circle.png")
        finally:
            browser.close()
            site.kill()


if __name__ == "__main__":
    main()
