"""One file with everything in it: for machines, to read and to print; and pictures beside.

It is made in a file of the system that nobody else can open and that is gone when it is sent.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time
from enum import Enum
from tempfile import TemporaryFile
from typing import IO, Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile

from flask import current_app
from flask_babel import gettext as _

from community.core.actor import Actor
from community.core.when import when
from community.privacy.taking_out import queries
from community.privacy.taking_out.queries import Section

NAME = "my-data.zip"
AT_ONCE = 64 * 1024


def zipped(actor: Actor, now: datetime) -> IO[bytes]:
    """The file, from its beginning, for `sent`."""
    whole = TemporaryFile()  # noqa: SIM115  # `sent` closes it
    with ZipFile(whole, "w", ZIP_DEFLATED) as parts:
        _put(parts, "my-data.json", _for_machines(queries.sections(actor), now))
        _put(parts, "my-data.html", _to_read(queries.sections(actor), now))
        for picture_id, drawn in queries.pictures(actor):
            with parts.open(f"pictures/{picture_id}.webp", "w") as picture:
                picture.write(drawn)
    whole.seek(0)
    return whole


def sent(whole: IO[bytes]) -> Iterator[bytes]:
    """Piece after piece. Then it is gone."""
    with whole:
        yield from iter(lambda: whole.read(AT_ONCE), b"")


def _put(parts: ZipFile, name: str, pieces: Iterable[str]) -> None:
    with parts.open(name, "w", force_zip64=True) as part:
        for piece in pieces:
            part.write(piece.encode())


def _for_machines(sections: Iterable[Section], now: datetime) -> Iterator[str]:
    """JSON: the instant when it was made, and a list of rows for each table."""
    yield f'{{\n"made_at": {json.dumps(plain(now))}'
    for section in sections:
        yield f",\n{json.dumps(section.name)}: ["
        for number, row in enumerate(section.rows):
            yield ",\n" if number else "\n"
            yield json.dumps(plain(row), ensure_ascii=False)
        yield "]"
    yield "\n}\n"


def _to_read(sections: Iterable[Section], now: datetime) -> Iterator[str]:
    """The same in a page of its own, that asks for nothing from anywhere."""
    page = current_app.jinja_env.get_template("privacy/file.html")
    worded = ((_(each.title), map(in_words, each.rows)) for each in sections)
    names = {"site_name": current_app.extensions["settings"].site_name, "made_at": now}
    return page.generate(sections=worded, lang="en-GB", **names)


def in_words(row: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What each thing is called, and how it is; without what is empty."""
    return [
        (name.replace("_", " ").capitalize(), _word(value))
        for name, value in row.items()
        if value not in (None, "", [], {})
    ]


def _word(value: Any) -> str:
    match value:
        case bool():
            return _("Yes") if value else _("No")
        case datetime():
            return when(value)
        case list() if all(isinstance(each, str) for each in value):
            return "\n".join(value)
        case dict() | list():
            return json.dumps(plain(value), ensure_ascii=False, indent=1)
        case _:
            return str(plain(value))


def plain(value: Any) -> Any:
    """As JSON has it."""
    match value:
        case Mapping():
            return {str(name): plain(each) for name, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
        case Enum():
            return value.value
        case datetime() | date() | time():
            return value.isoformat()
        case UUID():
            return str(value)
        case None | bool() | int() | float():
            return value
        case _:
            return str(value)
