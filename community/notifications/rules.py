"""Kinds of news, and the ways they reach somebody. Pure."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

KEPT = timedelta(days=90)  # how long news stays under What's new
PAGE = 20


class News(StrEnum):
    """What somebody may choose about. Whatever is none of these is always told, in both ways."""

    CALLS = "calls"
    GROUPS = "groups"
    REPLIES = "replies"


@dataclass(frozen=True, slots=True)
class Ways:
    """How one kind of news reaches somebody."""

    by_mail: bool
    by_bell: bool


ALWAYS = Ways(by_mail=True, by_bell=True)
UNCHOSEN = {
    News.CALLS: Ways(by_mail=True, by_bell=True),
    News.GROUPS: Ways(by_mail=True, by_bell=True),
    News.REPLIES: Ways(by_mail=False, by_bell=True),
}


def usual(about: News | None) -> Ways:
    """How this news comes to somebody who has chosen nothing. Without a kind it always comes."""
    return ALWAYS if about is None else UNCHOSEN[about]
