"""Who to reach right now, by country. From public sources, until an admin has checked them.

Text and chat come first, because speaking can be what is hard. Emergency numbers come from general
knowledge, helplines from the sources of the years named. Where we know none, the international
directory stands.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from community.core.words import said


@dataclass(frozen=True, slots=True)
class Line:
    """One way to reach somebody. `link` starts it: sms:, tel:, https: or mailto:."""

    ways: str
    link: str
    words: str

    @property
    def icon(self) -> str:
        return "phone" if self.link.startswith("tel:") else "msg"

    @property
    def is_written(self) -> bool:
        """It can be used without speaking, and answers soon."""
        return self.link.startswith(("sms:", "https:"))

    @property
    def press(self) -> str:
        """What the button says."""
        return _PRESS[self.link.partition(":")[0]]


@dataclass(frozen=True, slots=True)
class Country:
    """A country with its lines, text and chat first."""

    slug: str
    name: str
    emergency: str
    lines: tuple[Line, ...]
    source_years: str

    @property
    def facts(self) -> str:
        """These lines in a few letters. A check of other lines says nothing about them."""
        words = "\n".join([self.emergency, *(f"{line.ways} {line.link}" for line in self.lines)])
        return hashlib.sha256(words.encode()).hexdigest()[:16]

    @property
    def can_be_written_to(self) -> bool:
        return any(line.is_written for line in self.lines)


CHECKED_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Check:
    """An admin has compared a country's lines with what they offer today."""

    on: datetime
    by: str | None  # None when they have left the site since

    def is_due(self, now: datetime) -> bool:
        """It's time to look again."""
        return now >= self.on + CHECKED_FOR


_PRESS = {
    "sms": said("Start a text"),
    "tel": said("Start a call"),
    "https": said("Open the chat"),
    "mailto": said("Write an e-mail"),
}
_NO_SPEAKING = said("By text message, any time of day or night. No speaking needed.")

COUNTRIES = (
    Country(
        "united-kingdom",
        said("United Kingdom"),
        "999",
        (
            Line(
                said("Text SHOUT to 85258"),
                "sms:85258",
                said("Shout. By text message, free, any time of day or night. No speaking needed."),
            ),
            Line(
                said("Call 116 123"),
                "tel:116123",
                said(
                    "Samaritans. Free, any time of day or night. You can stay quiet until you’re "
                    "ready."
                ),
            ),
            Line(
                said("E-mail jo@samaritans.org"),
                "mailto:jo@samaritans.org",
                said("Samaritans. The answer can take several days."),
            ),
        ),
        "2021–2022",
    ),
    Country(
        "ireland",
        said("Ireland"),
        "112",
        (Line(said("Call 116 123"), "tel:116123", said("Samaritans. Free to call.")),),
        "2019",
    ),
    Country(
        "united-states",
        said("United States"),
        "911",
        (
            Line(said("Text 988"), "sms:988", _NO_SPEAKING),
            Line(
                said("Chat at 988lifeline.org"),
                "https://988lifeline.org",
                said("In writing, any time of day or night."),
            ),
            Line(
                said("Call 988"),
                "tel:988",
                said(
                    "Any time of day or night. We don’t know yet how to reach it in American Sign "
                    "Language (ASL)."
                ),
            ),
        ),
        "2022",
    ),
    Country(
        "canada",
        said("Canada"),
        "911",
        (
            Line(said("Text 988"), "sms:988", _NO_SPEAKING),
            Line(
                said("Call 988"),
                "tel:988",
                said("In English and French, any time of day or night."),
            ),
        ),
        "2023",
    ),
    Country(
        "australia",
        said("Australia"),
        "000",
        (
            Line(
                said("Text 0477 13 11 14"),
                "sms:+61477131114",
                said("Lifeline. By text message, any time of day or night. No speaking needed."),
            ),
            Line(
                said("Call 13 11 14"),
                "tel:131114",
                said(
                    "Lifeline. Any time of day or night. There’s a chat as well, any time of day "
                    "or night."
                ),
            ),
        ),
        "2022",
    ),
    Country(
        "new-zealand",
        said("New Zealand"),
        "111",
        (
            Line(
                said("Text 1737"),
                "sms:1737",
                said("Free, any time of day or night. No speaking needed."),
            ),
            Line(
                said("Call 1737"),
                "tel:1737",
                said("Free, any time of day or night. There’s a peer line from 2 pm to 10 pm."),
            ),
        ),
        said("without a year"),
    ),
    Country(
        "germany",
        said("Germany"),
        "112",
        (
            Line(
                said("Chat at telefonseelsorge.de"),
                "https://www.telefonseelsorge.de",
                said("TelefonSeelsorge. In writing, by chat or e-mail. No speaking needed."),
            ),
            Line(
                said("Call 0800 111 0 111"),
                "tel:08001110111",
                said("TelefonSeelsorge. Free and anonymous, any time of day or night."),
            ),
            Line(
                said("Call 0800 111 0 222"),
                "tel:08001110222",
                said("TelefonSeelsorge, another number."),
            ),
            Line(
                said("Call 116 123"),
                "tel:116123",
                said("TelefonSeelsorge, by its shorter number."),
            ),
        ),
        said("without a year"),
    ),
    Country(
        "france",
        said("France"),
        "112",
        (
            Line(
                said("Call 3114"),
                "tel:3114",
                said("Free, any time of day or night, overseas departments too."),
            ),
        ),
        said("without a year"),
    ),
    Country(
        "spain",
        said("Spain"),
        "112",
        (
            Line(
                said("Call 024"),
                "tel:024",
                said(
                    "Free, any time of day or night. There’s a chat on the website of the health "
                    "ministry."
                ),
            ),
        ),
        "2022–2025",
    ),
    Country(
        "netherlands",
        said("Netherlands"),
        "112",
        (
            Line(
                said("Chat at 113.nl"),
                "https://www.113.nl",
                said("In writing and anonymous, any time of day or night."),
            ),
            Line(
                said("Call 113"), "tel:113", said("Free and anonymous, any time of day or night.")
            ),
        ),
        "2025",
    ),
    Country(
        "india",
        said("India"),
        "112",
        (
            Line(
                said("Call 14416"),
                "tel:14416",
                said("Tele-MANAS. In 20 languages, any time of day or night."),
            ),
            Line(
                said("Call 1-800-891-4416"), "tel:18008914416", said("Tele-MANAS, another number.")
            ),
        ),
        "2025",
    ),
)

BY_SLUG: Mapping[str, Country] = MappingProxyType({each.slug: each for each in COUNTRIES})

ANYWHERE = "https://findahelpline.com"
