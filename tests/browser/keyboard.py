"""Somebody with a keyboard and nothing else: Tab, Enter, Space, arrows, and letters to write."""

from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

FARTHEST = 60  # stops of the Tab key; whatever lies further away can't be said to be reachable

HAS_FOCUS = "(element) => element === document.activeElement"

# Around what is focused, or around the row or the choice that it stands in.
HAS_RING = """
(element) => {
  for (let each = element; each !== document.body; each = each.parentElement) {
    if (getComputedStyle(each).outlineStyle !== "none") return true;
  }
  return false;
}
"""

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

    def _tab_to(self, there: Locator, name: str) -> None:
        expect(there).to_be_visible()
        self.page.wait_for_load_state()  # until then there is no script to press for
        for _ in range(FARTHEST):
            if there.evaluate(HAS_FOCUS):
                assert there.evaluate(HAS_RING), f"nothing shows that {name} has the focus"
                return
            self._key("Tab")
        raise AssertionError(f"no way to {name} with the Tab key")

    def _key(self, key: str) -> None:
        self.page.keyboard.press(key)
