"""The way of a tag that becomes a topic."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from uuid import uuid4

from playwright.sync_api import Browser, expect

from tests.browser.site import Site, window
from tests.browser.walk import Walk

OF_EVERYONE = "SELECT * FROM thread WHERE circle_id IS NULL AND NOT is_held ORDER BY id LIMIT 1"
PEOPLE = "SELECT id FROM account WHERE standing = 'active' ORDER BY id LIMIT 8"


def tags_become_topics(walk: Walk, site: Site, browser: Browser) -> None:
    """Many have written under one tag; a site moderator makes a topic of it, and words it anew."""
    _many_write_of("physio", site)
    with walk.watch(window(browser)) as context:
        page, who = site.look_around_as(context, "Ellen"), "Ellen, who makes a topic of a tag"
        walk.visit(page, who, "/moderation/topics")
        page.get_by_role("link", name="Write its words").click()
        walk.look(page, who)
        page.get_by_role("button", name="See how it will look").click()
        walk.look(page, who)
        page.get_by_label("Plain name").fill("Physio, and what helps")
        page.get_by_label("What it is about, in one line").fill(
            "Exercises, therapists, and days off."
        )
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="See how it will look").click()
        walk.look(page, who)
        page.get_by_role("button", name="Make it a topic").click()
        walk.visit(page, who, "/moderation/topics")
        page.get_by_role("link", name="Change its words").click()
        walk.look(page, who)
        walk.visit(page, who, "/topics/physio")
        expect(page.get_by_role("heading", name="Physio, and what helps")).to_be_visible()


def _many_write_of(tag: str, site: Site) -> None:
    """Fifteen threads by eight people: no hand writes as many here."""
    with closing(sqlite3.connect(site.kept_in / "demo.db")) as store, store:
        store.row_factory = sqlite3.Row
        people = [row["id"] for row in store.execute(PEOPLE)]
        thread = dict(store.execute(OF_EVERYONE).fetchone())
        first = "SELECT * FROM post WHERE thread_id = ? AND number = 1"
        post = dict(store.execute(first, [thread["id"]]).fetchone())
        for number in range(15):
            ids = {"id": uuid4().hex, "author_id": people[number % len(people)]}
            own = thread | ids | {"title": f"Physio, week {number + 1}", "post_count": 1}
            _put(store, "thread", own)
            other = {"id": uuid4().hex, "thread_id": ids["id"], "press_id": None}
            _put(store, "post", post | other | {"author_id": ids["author_id"]})
            _put(store, "thread_tag", {"thread_id": ids["id"], "tag": tag, "is_private": 0})


def _put(store: sqlite3.Connection, table: str, row: Mapping[str, object]) -> None:
    names, marks = ", ".join(row), ", ".join("?" * len(row))
    store.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(row.values()))  # noqa: S608
