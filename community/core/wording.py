"""What a letter says. One page of HTML is written, once; whatever else is needed is read off it.

A letter's template extends layout/letter.html and sets

    subject   what the mailbox shows after our discreet name; neutral
    news      what happened, in one sentence; the bell says it too
    about     the facts under it, one to a line (or nothing)
    place, go where it leads and the words of that link (or nothing)
    method    what a calendar does with the calls in the letter's fact `in_calendar` (or nothing)

and has a block `body` for whatever else the letter says. The text part is the page without its
tags, so that nobody writes the words twice and the two parts can't disagree.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from typing import Any

from flask import current_app

from community.core.letters import lively


class Unwordable(Exception):
    """These facts make no letter of this kind."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One letter in words, in the zone of whoever it is worded for."""

    subject: str
    news: str
    about: Sequence[str]
    place: str | None
    go: str | None
    html: str
    method: str | None
    in_calendar: Sequence[Mapping[str, Any]]

    @property
    def text(self) -> str:
        """The same words for whoever reads letters without HTML."""
        return in_plain_text(self.html)


def worded(kind: str, facts: Mapping[str, Any], stop: str | None = None) -> Wording:
    """Facts from the outbox in words. Raises `Unwordable`, whatever the template trips over.

    `stop` is where letters like this one are stopped.
    """
    folder, _, name = kind.partition("/")
    said = {fact: lively(value) for fact, value in facts.items()} | {"stop": stop}
    try:
        current_app.update_template_context(said)
        page = current_app.jinja_env.get_template(f"{folder}/letters/{name}.html").make_module(said)
        set_there = vars(page)
        return Wording(
            subject=unescape(set_there["subject"]),
            news=set_there["news"],
            about=set_there.get("about", ()),
            place=set_there.get("place"),
            go=set_there.get("go"),
            html=str(page),
            method=set_there.get("method"),
            in_calendar=said.get("in_calendar", ()),
        )
    except Exception as error:
        raise Unwordable(kind) from error


def in_plain_text(html: str) -> str:
    """The words of a page: paragraphs with an empty line between them, links with their address."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = ("\n".join(map(str.strip, part.split("\n"))).strip() for part in reader.parts)
    return "\n\n".join(filter(None, lines)) + "\n"


class _Reader(HTMLParser):
    """Takes the words out of the few tags that letters are made of."""

    def __init__(self) -> None:
        super().__init__()
        self.parts = [""]
        self._is_silent = False
        self._leads_to = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        match tag:
            case "head":
                self._is_silent = True
            case "p" | "blockquote" | "ul":
                self.parts.append("")
            case "li":
                self.parts[-1] += "\n– "
            case "br":
                self.parts[-1] += "\n"
            case "a":
                self._leads_to = dict(attrs)["href"] or ""

    def handle_endtag(self, tag: str) -> None:
        match tag:
            case "head":
                self._is_silent = False
            case "a":
                self.parts[-1] += f":\n{self._leads_to}\n"

    def handle_data(self, data: str) -> None:
        if not self._is_silent:
            self.parts[-1] += re.sub(r"[ \t\r\n\f]+", " ", data)
