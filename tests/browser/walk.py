"""A walk through every page of the site, as different people, and what is found on each.

A page is known by its shape: its path with every id taken out. Each person goes wherever links
lead them; a shape is looked at again when something is on it that wasn’t there before.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WIDTHS = (390, 1280)
TALL = 4000  # so that nothing lies under what sticks to the foot of a window

VISITS = 4  # to pages of one shape, by one person: a call can be free, mine, full, mine to hold

FAULTS = """
async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const more = ["target-size", "color-contrast-enhanced", "label-content-name-mismatch"];
  const found = await axe.run(document, {
    runOnly: { type: "tag", values: tags },
    rules: Object.fromEntries(more.map((rule) => [rule, { enabled: true }])),
    resultTypes: ["violations", "incomplete"],
  });
  // What axe can't decide is a fault too: then nobody has to remember to look.
  return [...found.violations, ...found.incomplete].flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target} ${node.failureSummary.split("\\n").at(-1).trim()}`)
  );
}
"""

# Links and buttons that are called the same and do something else.
TWINS = """
() => {
  const sentBy = (button) => {
    const fields = [...new FormData(button.form, button)];
    const meant = fields.filter(([name]) => !["csrf_token", "event_id"].includes(name));
    return `${button.form.action} ${meant}`;
  };
  axe.setup(document);
  const means = new Map();
  for (const each of document.querySelectorAll("a[href], button, summary")) {
    if (!axe.commons.dom.isVisibleToScreenReaders(each)) continue;
    const name = axe.commons.text.accessibleText(each).toLowerCase();
    const does = each.href ?? (each.type === "submit" ? sentBy(each) : each.id);
    means.set(name, (means.get(name) ?? new Set()).add(does));
  }
  axe.teardown();
  return [...means].filter(([, does]) => does.size > 1).map(([name]) => name);
}
"""

LINKS = """
() => [...document.querySelectorAll("a[href]")]
  .filter((link) => link.origin === location.origin)
  .map((link) => link.pathname)
"""

# What a page is made of, and where its links and buttons lead.
PIECES = """
() => [...document.body.querySelectorAll("*")].map((each) => {
  const leads = each.pathname ?? each.getAttribute("action") ?? "";
  return `${each.tagName} ${each.getAttribute("class")} ${leads}`;
})
"""

# Forms in which something has to be typed or chosen, and are sent without it.
UNFINISHED = "form[novalidate]:has([required])"
SEND_EMPTY = """
(form) => {
  for (const each of form.querySelectorAll("input:not([type=hidden]), textarea, select")) {
    if ("checked" in each && each.matches("[type=radio], [type=checkbox]")) each.checked = false;
    else each.value = "";
  }
  form.requestSubmit();
}
"""


def shape_of(path: str) -> str:
    """`/calls/*/people` for the list of people of any call."""
    plain = ID.sub("*", urlsplit(path).path)
    return re.sub(r"^(/topics|/come-in|/posts/\*/report)/[^/]+$", r"\1/*", plain)


@dataclass(frozen=True)
class Looked:
    """What was found on one page."""

    who: str
    what: str
    faults: frozenset[str]
    twins: tuple[str, ...]
    headings: int
    is_sideways: bool

    def __str__(self) -> str:
        return f"{self.what} ({self.who})"


@dataclass
class Walk:
    """Everything that was looked at, and what the browsers did meanwhile."""

    origin: str
    looked: list[Looked] = field(default_factory=list)
    asked_of: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    pieces: dict[str, set[str]] = field(default_factory=dict)
    sent_empty: set[str] = field(default_factory=set)

    @property
    def shapes(self) -> set[str]:
        return {each.what for each in self.looked}

    def watch(self, context: BrowserContext) -> BrowserContext:
        """Take axe along, and write down what this window asks for and complains of."""
        context.add_init_script(path=AXE)
        context.on("request", lambda request: self.asked_of.add(_origin(request.url)))
        context.on("console", self._write_down)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        return context

    def _write_down(self, message: ConsoleMessage) -> None:
        is_about_the_page = message.page is not None and message.location["url"] == message.page.url
        if message.type in {"error", "warning"} and not is_about_the_page:
            self.complaints.append(f"{message.text} {message.location['url']}")

    def everywhere(self, page: Page, who: str, *doors: str) -> None:
        """Every page that leads on from these doors."""
        visits: Counter[str] = Counter()
        ahead = list(doors)
        known = set(ahead)
        while ahead:
            path = ahead.pop(0)
            visits[shape_of(path)] += 1
            if visits[shape_of(path)] > VISITS:
                continue
            self.visit(page, who, path)
            links = [link for link in page.evaluate(LINKS) if link not in known]
            known.update(links)
            ahead += dict.fromkeys(links)

    def visit(self, page: Page, who: str, path: str) -> None:
        """One page, if there is anything new on it, and every form of it sent empty."""
        address = urljoin(self.origin, path)
        page.goto(address)
        if self._has_news(page):
            self.look(page, who)
        shape = shape_of(page.url)
        if shape in self.sent_empty:
            return
        self.sent_empty.add(shape)
        for number in range(page.locator(UNFINISHED).count()):
            with page.expect_navigation():
                page.locator(UNFINISHED).nth(number).evaluate(SEND_EMPTY)
            page.locator("#problem").wait_for()
            self.look(page, who, f"{shape} sent empty")
            page.goto(address)

    def _has_news(self, page: Page) -> bool:
        pieces = {ID.sub("*", piece) for piece in page.evaluate(PIECES)}
        before = self.pieces.setdefault(shape_of(page.url), set())
        news = pieces - before
        before |= pieces
        return bool(news)

    def look(self, page: Page, who: str, what: str = "") -> None:
        """One page at every width."""
        faults = frozenset(
            f"{fault} at {width}" for width in _widths(page) for fault in page.evaluate(FAULTS)
        )
        twins = tuple(page.evaluate(TWINS))
        page.set_viewport_size({"width": 320, "height": TALL})
        is_sideways = page.evaluate("document.documentElement.scrollWidth > 320")
        headings = page.locator("h1:visible").count()
        what = what or shape_of(page.url)
        self.looked.append(Looked(who, what, faults, twins, headings, is_sideways))


def _widths(page: Page) -> Iterator[int]:
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": TALL})
        yield width


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
