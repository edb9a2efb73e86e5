"""What is meant to harm is nothing but words, on every page and in every letter where it can stand:
in titles, names and plans, under pictures, in drafts, reports and answers."""

from html.parser import HTMLParser
from itertools import cycle
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from community.accounts.models import Account
from community.calls.models import Call
from community.core.actor import Staff
from community.core.db import db
from community.core.post import post
from community.groups.models import Group, JoinRequest
from community.moderation.models import Decision, ReviewItem
from community.moderation.rules.case import Outcome
from community.threads.models import Post, Thread
from community.threads.pictures import actions as pictures
from community.threads.pictures.models import Picture
from community.threads.pictures.redrawing import redraw
from community.threads.rules.drafts import Place
from tests.core.test_text import PAYLOADS
from tests.letters import page as page_of
from tests.moderation.test_nowhere_named import pages
from tests.pages import send
from tests.privacy.planted import Planted, plant, scene_of
from tests.threads.drawn import picture

HALF = len(PAYLOADS) // 2
NOT_OURS = frozenset({"iframe", "object", "embed", "base", "style", "math", "noembed"})
LEADS = {"", "http", "https", "mailto", "tel", "sms"}
KNOWN = {
    "thread_id": Thread.id,
    "post_id": Post.id,
    "group_id": Group.id,
    "call_id": Call.id,
    "account_id": Account.id,
    "item_id": ReviewItem.id,
    "decision_id": Decision.id,
    "request_id": JoinRequest.id,
    "picture_id": Picture.id,
}
GIVEN = {"slug": ["cervical"], "about": ["unkind"], "place": ["topic"], "kind": ["pause"]}


class Harm(HTMLParser):
    """Whatever a browser would do with this page that none of our templates asks for."""

    def __init__(self, html: str, ours: frozenset[str] = frozenset()) -> None:
        super().__init__()
        self.ours = ours
        self.found: list[tuple[str, str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        each = {name: value or "" for name, value in attrs}
        runs = tag == "script" and "src" not in each and each.get("type") != "application/json"
        if runs or tag in NOT_OURS - self.ours or (tag == "meta" and "http-equiv" in each):
            self.found.append((tag, "", ""))
        self.found += [
            (tag, name, value) for name, value in each.items() if not _is_ours(tag, name, value)
        ]
        if _is_elsewhere(each.get("href", "")) and tag != "a":
            self.found.append((tag, "href", each["href"]))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)


def _is_ours(tag: str, name: str, value: str) -> bool:
    if name.startswith("on") or name in {"style", "srcdoc", "ping"}:
        return False
    if name in {"src", "srcset", "action", "formaction", "data", "poster"}:
        return not _is_elsewhere(value)
    return name != "href" or urlsplit(value).scheme in LEADS


def _is_elsewhere(address: str) -> bool:
    found = urlsplit(address)
    return bool(found.scheme or found.netloc)


@pytest.fixture
def planted(app, make, request, client_for) -> Planted:
    """Somebody who writes nothing that isn’t meant to harm, wherever one can write; Hana, who owns
    their group, and somebody who looks after it have answered in the same way."""
    spoilt = cycle(PAYLOADS[request.param :] + PAYLOADS[: request.param])
    scene = scene_of(make)
    found = plant(scene, "zq", lambda word: f"{word} {next(spoilt)} {word}")
    who, now = found.person, make.clock.now()
    cat = (who, Place(scene.thread_id), redraw(picture()), found.new())
    cat_id = make.done(lambda: pictures.take(*cat, now=now))
    browser = client_for(who)
    at = f"/threads/{scene.thread_id}"
    send(browser, at, f"{at}/replies", words=found.new(), pictures=str(cat_id))
    make.reply(scene.thread_id, scene.hana, f"@{who.name} {found.new()}")
    report = make.report(make.opening(found.thread_id), scene.hana, "harassment", found.new())
    pat = make.staff("Pat", Staff.PLATFORM_MODERATOR)
    make.decision(report, pat, Outcome.KEEP, why=found.new())
    return found


@pytest.mark.thorough
@pytest.mark.holds("asvs:31")
@pytest.mark.parametrize("planted", [0, HALF], indirect=True)
def test_what_is_meant_to_harm_is_words_on_every_page(app: Flask, make, client_for, planted):
    ids = {name: _all_of(make, column) for name, column in KNOWN.items()} | GIVEN
    every = frozenset(
        name for rule in app.url_map.iter_rules() for name in rule.arguments if name not in ids
    )
    walked, seen = list(pages(app, ids, every)), set()
    assert len(walked) > 300
    owners = (make.owner(_group(make, name)) for name in ("Evenings", "Mornings"))
    for reader in (planted.person, *owners, _pat(make)):
        browser = client_for(make.actor(reader))
        for page in walked:
            answer = browser.get(page)
            assert answer.status_code < 500, page
            if answer.mimetype != "text/html":
                continue
            assert not Harm(answer.text).found, page
            seen |= {word for word in planted.words if word in answer.text}
    assert set(planted.words) - seen == set()


@pytest.mark.holds("asvs:31")
@pytest.mark.parametrize("planted", [0, HALF], indirect=True)
def test_nor_does_a_letter_hold_more_than_words(app: Flask, clock, mail, planted):
    with app.app_context():
        post(clock.now())
    letters = {letter["Subject"]: page_of(letter) for letter in mail.kept}
    assert any(word in page for word in planted.words for page in letters.values())
    for subject, page in letters.items():
        assert not Harm(page, frozenset({"style"})).found, subject


def _all_of(make, column) -> list[str]:
    return [str(each) for each in make.done(lambda: db.session.scalars(select(column)).all())]


def _group(make, name: str) -> UUID:
    return make.done(lambda: db.session.scalar(select(Group.id).where(Group.name == name)))


def _pat(make) -> UUID:
    return make.done(lambda: db.session.scalar(select(Account.id).where(Account.name == "Pat")))
