"""Somebody with a keyboard and nothing else: Tab, Enter, Space, arrows, and letters to write."""

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import FloatRect, Locator, Page, expect

from tests.browser.eyes import SET, THEMES, UNSET

EYES = Path(__file__).with_name("eyes.js").read_text()
LOOK = f"if (!window.eyes?.arrivedAt) {{ {EYES} }}"  # the circle has an element of that name

FARTHEST = 60  # stops of the Tab key; whatever lies further away can't be said to be reachable

HAS_FOCUS = "(element) => element === document.activeElement"
WRONG = "(element) => eyes.arrivedAt(element)"

TO_THE_TOP = """
() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
  window.firstStop = undefined;
}
"""

# What is focused, in words; null at the end of the page, or when it begins again.
STOP = """
() => {
  const stop = document.activeElement;
  if (stop === document.body || stop === window.firstStop) return null;
  window.firstStop ??= stop;
  return stop.innerText.trim() || stop.labels[0].innerText;
}
"""

# What is ringed, with the room that a ring takes, as far as the window shows it.
RINGED = """
() => {
  const box = eyes.ringed(document.activeElement).getBoundingClientRect();
  const [x, right] = [Math.max(0, box.left - 10), Math.min(innerWidth, box.right + 10)];
  const [y, foot] = [Math.max(0, box.top - 10), Math.min(innerHeight, box.bottom + 10)];
  return { x, y, width: right - x, height: foot - y };
}
"""
# How much differs between two pictures at 3:1 or more: the share of a line of 2 px round both.
DRAWN = """
async (pictures) => {
  const [one, two] = await Promise.all(pictures.map(async (picture) => {
    const bytes = Uint8Array.from(atob(picture), (each) => each.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext("2d");
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height);
  }));
  const colour = ({ data }, at) => `rgb(${data[at]}, ${data[at + 1]}, ${data[at + 2]})`;
  let changed = 0;
  for (let at = 0; at < one.data.length; at += 4) {
    const [before, after] = [colour(one, at), colour(two, at)];
    if (before !== after && eyes.contrast(before, after) >= 3) changed += 1;
  }
  return changed / (4 * (one.width - 20 + one.height - 20));
}
"""


@dataclass
class Keyboard:
    """One page, and the keys."""

    page: Page

    def press(self, role: str, name: str) -> None:
        """Go to a link or a button and press it."""
        there = self.go_to(role, name)
        # A button that has only just changed takes no press.
        expect(there.locator("xpath=ancestor::form[@data-changed]")).to_have_count(0)
        self._key("Enter")

    def open(self, words: str) -> None:
        """Open what is folded behind these words."""
        self._tab_to(self.page.locator("summary", has_text=words).first, words)
        self._key("Enter")

    def write(self, name: str, words: str) -> None:
        self.go_to("textbox", name)
        self.page.keyboard.type(words)

    def select(self, name: str, wanted: str) -> None:
        """One line of a list that opens."""
        there = self.go_to("combobox", name)
        chosen = there.locator("option:checked")
        for _ in range(there.locator("option").count()):
            if chosen.inner_text() == wanted:
                return
            self._key("ArrowDown")
        raise AssertionError(f"no way to {wanted} with the arrows")

    def choose(self, name: str) -> None:
        """One of several radio buttons: Tab comes to the group, the arrows to each."""
        wanted = self.page.get_by_role("radio", name=name)
        group = self.page.locator(f"input[name='{wanted.get_attribute('name')}']")
        there = group.and_(self.page.locator(":checked"))
        self._tab_to(there if there.count() else group.first, name)
        self._key("Space")
        for _ in range(group.count()):
            if wanted.is_checked():
                return
            self._key("ArrowDown")
        raise AssertionError(f"no way to {name} with the arrows")

    def go_to(self, role: str, name: str) -> Locator:
        there = self.page.get_by_role(role, name=name).first  # type: ignore[arg-type]
        self._tab_to(there, name)
        return there

    def stops(self) -> list[str]:
        """Everything that the Tab key comes to, from the top of the page to its end."""
        self.page.evaluate(TO_THE_TOP)
        stops: list[str] = []
        self._key("Tab")
        while stop := self.page.evaluate(STOP):
            stops.append(stop)
            self._key("Tab")
        return stops

    def has_at_most(self, most: int) -> None:
        stops = self.stops()
        assert len(stops) <= most, "\n".join([f"{len(stops)} stops:", *stops])

    def sees_where_it_is(self) -> None:
        """At every stop, in every theme and in forced colours: by what is drawn on the screen."""
        self.page.evaluate(LOOK)
        for theme in THEMES:
            self.page.evaluate(SET, ["theme", theme])
            self._sees_every_ring(theme)
        self.page.emulate_media(forced_colors="active")
        self._sees_every_ring("forced colours")
        self.page.emulate_media(forced_colors="none")
        self.page.evaluate(UNSET, "theme")

    def _sees_every_ring(self, colours: str) -> None:
        self.page.evaluate(TO_THE_TOP)
        self._key("Tab")
        while stop := self.page.evaluate(STOP):
            box: FloatRect = self.page.evaluate(RINGED)
            with_ring = self.page.screenshot(clip=box)
            self.page.evaluate("document.activeElement.blur()")  # Tab still goes on from here
            without = self.page.screenshot(clip=box)
            pictures = [b64encode(picture).decode() for picture in (with_ring, without)]
            drawn = self.page.evaluate(DRAWN, pictures)
            assert drawn >= 1, f"{stop} in {colours}: hardly anything shows that it has the focus"
            self._key("Tab")

    def _tab_to(self, there: Locator, name: str) -> None:
        expect(there).to_be_visible()
        self.page.wait_for_load_state()  # until then there is no script to press for
        self.page.evaluate(LOOK)
        for _ in range(FARTHEST):
            if there.evaluate(HAS_FOCUS):
                assert there.evaluate(WRONG) == ""
                return
            self._key("Tab")
        raise AssertionError(f"no way to {name} with the Tab key")

    def _key(self, key: str) -> None:
        self.page.keyboard.press(key)
