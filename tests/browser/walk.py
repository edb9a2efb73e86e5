"""A walk through every page of the site, as different people, and what is found on each.

A page is known by its shape: its path with every id taken out. Each person goes wherever links
lead them; a shape is looked at again when something is on it that wasn’t there before.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, expect

from tests.browser.eyes import SCRIPTS, Eye, Faults

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
NAMED = (
    r"/topics",
    r"/types",
    r"/come-in",
    r"/guidelines",
    r"/invited",
    r"/news/stop",
    r"/posts/\*/report",
    r"/groups/\*/members/\*/report",
    r"/calls/\*/people/\*/report",
    r"/calls/\*/report",
    r"/circles/\*/report/\*",
    r"/calls/\*/ask",
    r"/threads/\*/pace",
    r"/moderation/\*/pace",
)
VISITS = 4  # to pages of one shape, by one person: a call can be free, mine, full, mine to hold
DULL = 3  # people who found nothing new on a page: the next one doesn’t go there

LINKS = """
() => [...document.querySelectorAll("a[href]")]
  .filter((link) => link.origin === location.origin)
  .filter((link) => !link.pathname.endsWith(".ics"))  // for a calendar: no page
  .map((link) => link.pathname)
"""

# What Playwright says where site.window keeps a worker from being registered.
NOT_KEPT = "Service Worker registration blocked by Playwright"

# What a page is made of, and where its links and buttons lead: round its main part, and in it.
PIECES = """
() => {
  const main = document.querySelector("main");
  const around = new Set();
  const inside = new Set();
  for (const each of document.body.querySelectorAll("*")) {
    const leads = each.pathname ?? each.getAttribute("action") ?? "";
    const piece = `${each.tagName} ${each.getAttribute("class")} ${leads}`;
    (main.contains(each) ? inside : around).add(piece);
  }
  return [[...around], [...inside]];
}
"""

HELP = "a[href='/help-now']"

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
    return re.sub(rf"^({'|'.join(NAMED)})/[^/]+$", r"\1/*", plain)


@dataclass(frozen=True)
class Looked:
    """What was found on one page."""

    who: str
    what: str
    faults: Faults

    def __str__(self) -> str:
        return f"{self.what} ({self.who})"


@dataclass
class Walk:
    """Everything that was looked at, and what the browsers did meanwhile."""

    origin: str
    eye: Eye
    looked: list[Looked] = field(default_factory=list)
    asked_of: set[str] = field(default_factory=set)
    complaints: list[str] = field(default_factory=list)
    pieces: dict[str, set[str]] = field(default_factory=dict)
    sent_empty: set[str] = field(default_factory=set)
    dull: Counter[str] = field(default_factory=Counter)
    without_help: list[str] = field(default_factory=list)

    @property
    def shapes(self) -> set[str]:
        return {each.what for each in self.looked}

    def faults(self, kind: str) -> dict[str, list[str]]:
        """What is wrong in one way, and on which pages."""
        return {str(each): each.faults[kind] for each in self.looked if each.faults[kind]}

    def watch(self, context: BrowserContext) -> BrowserContext:
        """Take the eyes along, and write down what this window asks for and complains of."""
        for script in SCRIPTS:
            context.add_init_script(path=script)
        context.on("request", lambda request: self.asked_of.add(_origin(request.url)))
        context.on("console", self._write_down)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        return context

    def _write_down(self, message: ConsoleMessage) -> None:
        is_about_the_page = message.page is not None and message.location["url"] == message.page.url
        if message.text.strip() == NOT_KEPT:
            return
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
            if visits[shape_of(path)] > VISITS or self.dull[path] == DULL:
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
        else:
            self.dull[path] += 1
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
        around, inside = page.evaluate(PIECES)
        news = False
        for place, found in (("", around), (shape_of(page.url), inside)):
            pieces = {ID.sub("*", piece) for piece in found}
            before = self.pieces.setdefault(place, set())
            news |= bool(pieces - before)
            before |= pieces
        return news

    def arrive(self, page: Page, who: str, heading: str) -> None:
        """Look at the page that a press led to, once it is there."""
        expect(page.get_by_role("heading", level=1, name=heading)).to_be_visible()
        page.wait_for_load_state()
        self.look(page, who)

    def look(self, page: Page, who: str, what: str = "") -> None:
        """One page, as it is now."""
        what = what or shape_of(page.url)
        if not page.locator(HELP).locator("visible=true").count():
            self.without_help.append(f"{what} ({who})")
        self.looked.append(Looked(who, what, self.eye(page, f"{what} ({who})")))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
