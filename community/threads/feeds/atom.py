"""A feed as feed readers take it (Atom, RFC 4287). Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

ATOM = "http://www.w3.org/2005/Atom"
register_namespace("", ATOM)

# What XML has no way to write, and somebody may have typed.
_UNWRITABLE = re.compile("[^\t\n\r\\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that is new, and where it is."""

    id: UUID
    title: str
    link: str
    at: datetime


def drawn(feed_id: UUID, name: str, address: str, entries: Sequence[Entry], at: datetime) -> bytes:
    """The feed under this name. `at` is when it began, if nothing is in it."""
    feed = Element(f"{{{ATOM}}}feed")
    _put(feed, "title", name)
    _put(feed, "id", feed_id.urn)
    _put(feed, "updated", max((entry.at for entry in entries), default=at).isoformat())
    _put(SubElement(feed, f"{{{ATOM}}}author"), "name", name)
    _link(feed, address, "self")
    for entry in entries:
        part = SubElement(feed, f"{{{ATOM}}}entry")
        _put(part, "title", entry.title)
        _put(part, "id", entry.id.urn)
        _put(part, "updated", entry.at.isoformat())
        _link(part, entry.link, "alternate")
    return bytes(tostring(feed, encoding="utf-8", xml_declaration=True))


def _put(parent: Element, name: str, words: str) -> None:
    SubElement(parent, f"{{{ATOM}}}{name}").text = _UNWRITABLE.sub(" ", words)


def _link(parent: Element, address: str, rel: str) -> None:
    SubElement(parent, f"{{{ATOM}}}link", {"href": address, "rel": rel})
