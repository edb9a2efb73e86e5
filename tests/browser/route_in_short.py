"""The part of the way on which a long thread is put in short."""

import sqlite3
from contextlib import closing
from uuid import uuid4

from playwright.sync_api import Browser, Page, expect

from community.threads.summary.rules import LONG
from tests.browser.route_in_circle import LONG_WORD
from tests.browser.site import Site, window
from tests.browser.walk import Walk

TITLE = "The bus, the window seat"
WRITE = "Write a short summary"

ONCE_MORE = """
insert into post (id, number, thread_id, author_id, state, text, html, notes, version, written_at)
select ?, ?, thread_id, author_id, state, text, html, notes, version, written_at from post
where thread_id = ? and number = ?
"""


def lengthen(site: Site, posts: int = LONG + 2) -> None:
    """The thread has so many posts, which makes it long: the latest, over and over."""
    with closing(sqlite3.connect(site.kept_in / "demo.db")) as store, store:
        begins = "select id, post_count from thread where title like ?"
        thread_id, last = store.execute(begins, [f"{TITLE}%"]).fetchone()
        for number in range(last + 1, posts + 1):
            store.execute(ONCE_MORE, [uuid4().hex, number, thread_id, last])
        store.execute("update thread set post_count = ? where id = ?", [posts, thread_id])


def in_short(walk: Walk, site: Site, browser: Browser) -> None:
    """Whoever began it writes it, a moderator changes it, and somebody else reads it."""
    lengthen(site)
    with walk.watch(window(browser)) as context:
        ruth = _open(site.look_around_as(context, "Ruth"))
        walk.arrive(ruth, "Ruth, whose thread is long", TITLE)
        write = _leads(ruth, WRITE)
        walk.visit(ruth, "Ruth", write)
        ruth.get_by_label("The thread in short").fill(f"{LONG_WORD}, and a seat at the window.")
        ruth.get_by_role("button", name="Show it above the replies").click()
        walk.arrive(ruth, "Ruth, who has put it in short", TITLE)
        walk.visit(ruth, "Ruth", _leads(ruth, "Take it away in short"))
    lengthen(site, LONG + 3)
    with walk.watch(window(browser)) as context:
        mori = _open(site.look_around_as(context, "Mori"))
        walk.arrive(mori, "Mori, who reads on from there", TITLE)
        walk.visit(mori, "Mori, who takes away what Ruth wrote", f"{write}/take-away")
        walk.visit(mori, "Mori, who changes what Ruth wrote", write)


def _open(page: Page) -> Page:
    page.get_by_role("link", name=TITLE).first.click()
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()
    return page


def _leads(page: Page, name: str) -> str:
    link = page.get_by_role("link", name=name).get_attribute("href")
    assert link
    return link
