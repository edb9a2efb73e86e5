"""Every sentence goes through gettext: in a made-up language, whatever isn't marked shows.

The language is Esperanto by name and ⟦English in brackets⟧ by content. It is made from the sources
the way `make messages` gathers them, so a sentence that isn't gathered shows too.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from zoneinfo import available_timezones

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from flask import Flask

from community.app import create_app
from community.core.actor import Role, Staff
from community.core.db import db
from community.core.letters import STOP
from community.core.ports import Ports
from community.core.seal import seal_facts
from community.dystonia.tags import TAGS
from config import Settings
from tests.fakes import FrozenClock, KeptMail, PretendMedia
from tests.make import Make

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "Reason": (2,),
    "said": None,
}
SILENT = {"script", "style", "template", "svg", "time"}  # times are formatted, not translated
VOID = {"meta", "link", "input", "br", "img", "path", "use", "source"}


def bracketed() -> Catalog:
    """Every sentence of ours, in brackets."""
    catalogue = Catalog(locale="eo")
    for folder, method in ((ROOT / "community", "python"), (ROOT / "templates", "jinja2")):
        pattern = "**.py" if method == "python" else "**"
        for _, _, message, _, context in extract_from_dir(
            folder, [(pattern, method)], keywords=KEYWORDS
        ):
            if isinstance(message, tuple):
                catalogue.add(message, tuple(f"⟦{each}⟧" for each in message), context=context)
            else:
                catalogue.add(message, f"⟦{message}⟧", context=context)
    return catalogue


@pytest.fixture(scope="module")
def make(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """The site in brackets, with a few people and things in it, all named in digits."""
    folder = tmp_path_factory.mktemp("brackets")
    (folder / "eo" / "LC_MESSAGES").mkdir(parents=True)
    with BytesIO() as compiled:
        write_mo(compiled, bracketed())
        (folder / "eo" / "LC_MESSAGES" / "messages.mo").write_bytes(compiled.getvalue())
    clock = FrozenClock()
    app = create_app(
        Settings.for_tests(f"sqlite:///{folder}/test.db", site_name="0", contact="0"),
        Ports(clock=clock, mailer=KeptMail(), media=PretendMedia()),
    )
    babel = app.extensions["babel"]
    babel.default_locale, babel.translation_directories = "eo", [str(folder)]
    with app.app_context():
        db.create_all()
    yield Make(app, clock)
    with app.app_context():
        db.engine.dispose()


class Words(HTMLParser):
    """The words of a page that somebody sees or hears, and what they stand in."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.inside: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag not in VOID:
            self.inside.append("svg" if named.get("aria-hidden") == "true" else tag)
            self.tags.append(tag)
        for name in ("aria-label", "alt", "placeholder", "title"):
            if named.get(name):
                self.found.append(named[name] or "")

    def handle_endtag(self, tag: str) -> None:
        while tag in self.tags:
            self.inside.pop()
            if self.tags.pop() == tag:
                break

    def handle_data(self, data: str) -> None:
        if not SILENT & set(self.inside):
            self.found.append(data)


def unmarked(page: str) -> list[str]:
    """What stands on the page outside brackets and has letters in it."""
    words = Words()
    words.feed(page)
    text = "\n".join(words.found)
    while True:
        shorter = re.sub(r"⟦[^⟦⟧]*⟧", "", text)
        if shorter == text:
            break
        text = shorter
    return [line.strip() for line in text.splitlines() if re.search(r"[^\W\d_]{2,}", line)]


def test_the_brackets_would_show_an_unmarked_sentence() -> None:
    assert unmarked("<p>⟦Hello⟧</p><p>Hello</p>") == ["Hello"]


PUBLIC = ("/", "/topics", "/topics/cervical", "/guidelines", "/guidelines/age", "/help-now",
          "/sign-in", "/not-medical-advice", "/privacy", "/accessibility", "/nowhere")  # fmt: skip


@pytest.mark.parametrize("path", PUBLIC)
def test_every_sentence_that_a_guest_reads_can_be_translated(make: Make, path: str) -> None:
    page = make.app.test_client().get(path).text
    assert "⟦" in page
    assert unmarked(page) == []


# Names are not sentences: places of time zones, and what the built-in group is kept as.
ZONES = {
    part.replace("_", " ").replace("/", ", ")
    for name in available_timezones()
    for part in (name, name.partition("/")[0], name.partition("/")[2])
}
KEPT = {"Everyone", "The room we all share. Every member belongs to it.", "Opener of 4"}


def test_every_sentence_that_members_read_can_be_translated(make: Make) -> None:
    app: Flask = make.app
    hana, ana, admin = make.member("1"), make.member("2"), make.staff("3", Staff.ADMIN)
    group = make.group("4", owner=hana, members=[ana], about="5", question="6")
    make.appointed(group, make.actor(hana), hana, frozenset({Role.OWNER, Role.FACILITATOR}))
    hana, ana = make.actor(hana), make.actor(ana)
    call = make.call(group, hana, title="7", starts_in=timedelta(minutes=5), seated=[ana])
    first, series = make.series(group, hana, title="10")
    thread = make.thread(group, ana, title="8", words="9")
    with app.app_context():
        stop = seal_facts(STOP, {"account": str(ana.id), "news": "calls"})
    walks = (
        (hana, [f"/groups/{group}", f"/groups/{group}/roles", f"/groups/{group}/seats",
                f"/calls/{call}/people", "/calls/new", "/calls/held", "/calls/days-off",
                "/calls/prepared", f"/calls/{first}", f"/calls/{first}/edit",
                f"/calls/{first}/cancel", f"/calls/series/{series}"]),
        (ana, ["/home", "/calls", f"/calls/{call}", f"/calls/{call}/lobby", "/calls/month",
              "/calls/calendar", "/groups", "/comfort", "/settings",
              f"/threads/{thread}", "/threads/new", "/drafts",
              f"/threads/{thread}/tags", f"/tags/{TAGS[0].id}",
              f"/posts/{make.opening(thread)}/edit", f"/posts/{make.opening(thread)}/versions"]),
        (ana, ["/news/", "/news/choices", f"/news/stop/{stop}"]),
        (hana, [f"/groups/{group}/guidelines"]),
        (make.staff("11", Staff.PLATFORM_MODERATOR), ["/moderation/handbook"]),
        (admin, ["/admin/helplines", "/admin/letters", "/admin/staff"]),
    )  # fmt: skip
    found: set[tuple[str, str]] = set()
    for person, pages in walks:
        browser = app.test_client()
        make.sign_in(person, browser)
        for path in pages:
            answer = browser.get(path)
            assert answer.status_code == 200, path
            found |= {(path.strip("/").split("/")[0], line) for line in unmarked(answer.text)}
    said = {each for each in found if each[1] not in ZONES | KEPT and "@" not in each[1]}
    assert said == set()
