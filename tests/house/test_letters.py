"""Every letter of every domain: two parts with the same words, a neutral subject, nothing fetched.

The letters are found by their templates, and filled with facts of every shape that their fields
allow, among them words by somebody who means harm.
"""

import dataclasses
import importlib
import pkgutil
import re
import types
import typing
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from enum import StrEnum
from html.parser import HTMLParser
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from flask import Flask

import community
from community.core import letters
from community.core.db import transaction
from community.core.letters import kind_of
from community.core.post import BATCH, post
from tests.fakes import FRIDAY_NOON, FrozenClock, KeptMail
from tests.letters import page, words

ROOT = Path(__file__).resolve().parents[2]
KINDS = [
    f"{path.parent.parent.name}/{path.stem}"
    for path in sorted((ROOT / "templates").glob("*/letters/*.html"))
]

# Health words that may not stand in a subject (promise 10).
HEALTH = re.compile(
    r"dystonia|health|symptom|medic|neck|jaw|voice|eyelid|treat|clinic|circle (of|for)", re.I
)
HARM = 'Neck <img src="https://elsewhere.example.net/x" onerror="y"> & “jaw” {{ 7 * 7 }} </style>'

# Facts that nobody types: sentences of our own, kept untranslated, and names of zones.
OURS = {
    "zone": ["Europe/London"],
    "guideline": ["Say “I”, not “you should”"],
    "reason": ["The law obliges us to"],
    "reasons": [("Disbelief",)],
    "country": ["united-kingdom", None],
    "lines": [(), ("Text SHOUT to 85258",)],
}


def classes() -> dict[str, type]:
    """Every frozen value of the domains’ rules, by the kind of letter that it would be."""
    found = {}
    for module in pkgutil.walk_packages(community.__path__, "community."):
        if ".rules" in module.name:
            for value in vars(importlib.import_module(module.name)).values():
                if dataclasses.is_dataclass(value) and isinstance(value, type):
                    found[kind_of(value)] = value
    return found


def values(hint: Any) -> Sequence[Any]:
    """A few values of a type that say all there is to say about it."""
    if hint is str:
        return [HARM]
    if hint is bool:
        return [False, True]
    if hint is int:
        return [1, 60]
    if hint is UUID:
        return [UUID(int=7)]
    if hint is datetime:
        return [FRIDAY_NOON - timedelta(days=1), datetime(2027, 2, 1, 18, 30, tzinfo=UTC)]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return list(hint)
    if dataclasses.is_dataclass(hint):
        return list(of_every_shape(hint))
    inner = typing.get_args(hint)
    if typing.get_origin(hint) is types.UnionType:
        return [value for each in inner for value in values(each)]
    if typing.get_origin(hint) is tuple:
        return [(), tuple(values(inner[0]))]
    assert hint is type(None), f"facts of a letter are plain: {hint}"
    return [None]


def of_every_shape(letter: type) -> Iterator[Any]:
    hints = typing.get_type_hints(letter)
    shapes = (OURS.get(name) or values(hint) for name, hint in hints.items())
    for facts in product(*shapes):
        yield letter(**dict(zip(hints, facts, strict=True)))


class Page(HTMLParser):
    """What a page is made of: its tags, where it leads, and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self.lang: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.tags.append(tag)
        self.lang = named.get("lang", self.lang)
        self.links += [named[name] or "" for name in ("href", "src", "srcset") if name in named]

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] not in (["title"], ["style"]):
            self.words += data.split()


@pytest.fixture(scope="module")
def posted() -> dict[str, list[EmailMessage]]:
    """What has been posted so far: every kind once, for all that is asked of it."""
    return {}


@pytest.fixture(params=KINDS)
def arrived(
    request: pytest.FixtureRequest,
    app: Flask,
    clock: FrozenClock,
    mail: KeptMail,
    posted: dict[str, list[EmailMessage]],
) -> list[EmailMessage]:
    """Every letter of one kind."""
    if request.param not in posted:
        every = list(of_every_shape(classes()[request.param]))
        with app.app_context():
            with transaction():
                for letter in every:
                    letters.write("ana@example.org", letter, zone="Europe/London", now=clock.now())
            for _ in range(0, len(every), BATCH):
                post(clock.now())
        assert len(mail.kept) == len(every), "a letter can’t be written"
        posted[request.param] = mail.kept
    return posted[request.param]


def letter_itself(message: EmailMessage) -> EmailMessage:
    """Without what lies beside it for a calendar."""
    if message.get_content_type() != "multipart/mixed":
        return message
    inside = next(message.iter_parts())
    assert isinstance(inside, EmailMessage)
    return inside


def test_every_letter_was_found() -> None:
    assert len(KINDS) >= 11
    assert set(KINDS) <= set(classes())


@pytest.mark.holds("promise:10")
def test_its_subject_and_its_other_headers_tell_nobody_anything(
    arrived: list[EmailMessage],
) -> None:
    for message in arrived:
        assert message["Subject"].startswith("Circles: ")
        assert message["Auto-Submitted"] == "auto-generated"
        shown = [value for name, value in message.items() if name != "Message-ID"]
        assert [value for value in shown if HEALTH.search(value) or HARM in value] == []


def test_it_has_two_parts_and_both_say_the_same(arrived: list[EmailMessage]) -> None:
    for message in arrived:
        body = letter_itself(message)
        parts = list(body.iter_parts())
        assert body.get_content_type() == "multipart/alternative"
        assert [part.get_content_type() for part in parts] == ["text/plain", "text/html"]
        text = [word for word in words(message).split() if not word.startswith("http://localhost")]
        assert [word.rstrip(":") for word in text if word != "–"] == [
            word.rstrip(":") for word in Page(page(message)).words
        ]
        assert set(Page(page(message)).links) == set(
            re.findall(r"^http://localhost\S*", words(message), re.MULTILINE)
        )


@pytest.mark.holds("promise:10")
def test_what_a_calendar_makes_of_it_tells_nobody_anything(arrived: list[EmailMessage]) -> None:
    for message in arrived:
        for part in message.iter_attachments():
            assert part.get_content_type() == "text/calendar"
            calendar = part.get_content()
            assert "SUMMARY:Circles: a call" in calendar
            assert not HEALTH.search(calendar)
            assert HARM[:4] not in calendar


@pytest.mark.holds("promise:10")
def test_it_fetches_nothing_and_leads_only_to_us(arrived: list[EmailMessage]) -> None:
    for message in arrived:
        html = page(message)
        assert {urlsplit(link).netloc for link in Page(html).links} == {"localhost"}
        assert not re.search(r"url\(|@import|https?://(?!localhost)\S+(?=[^&]*>)", html)
        assert set(Page(html).tags) <= {
            "html", "head", "meta", "title", "style", "body", "main", "div", "p", "br", "a", "ul",
            "li", "blockquote",
        }  # fmt: skip


def test_at_its_foot_it_leads_to_help(arrived: list[EmailMessage]) -> None:
    for message in arrived:
        assert "http://localhost/help-now" in Page(page(message)).links


def test_what_people_wrote_is_words_in_it_and_nothing_else(arrived: list[EmailMessage]) -> None:
    for message in arrived:
        assert "<img" not in page(message)
        assert "49" not in words(message)


def test_whoever_reads_it_can_read_it(arrived: list[EmailMessage]) -> None:
    """By ear, by a screen of any width, by day and in the dark."""
    for message in arrived:
        html = page(message)
        assert Page(html).lang == "en-GB"
        assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in html
        assert "color-scheme: light dark" in html
        assert "prefers-color-scheme: dark" in html
        assert "19px" in html
        assert words(message).splitlines()[0]
