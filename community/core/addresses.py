"""Addresses of pages, for templates: each kind is worked out once, and ids are put into it."""

from functools import lru_cache
from types import NoneType
from typing import Any
from uuid import UUID

from flask import Flask, has_request_context

_MARKS = tuple(UUID(int=number) for number in range(1, 4))
_PLAIN = (UUID, str, int, NoneType)


def init_addresses(app: Flask) -> None:
    """Give templates a `url_for` that asks Flask’s once for each kind of address. A page of twenty
    posts has more than a hundred, which took longer than what stands around them."""

    @lru_cache(maxsize=2048)
    def pattern(endpoint: str, shape: tuple[tuple[str, Any], ...]) -> str:
        marks = iter(_MARKS)
        values: dict[str, Any] = {
            name: next(marks) if value is UUID else value for name, value in shape
        }
        address = app.url_for(endpoint, **values).replace("{", "{{").replace("}", "}}")
        for number, mark in enumerate(_MARKS):
            address = address.replace(str(mark), f"{{{number}}}")
        return address

    def url_for(endpoint: str, **values: Any) -> str:
        kinds = [type(value) for value in values.values()]
        is_plain = all(kind in _PLAIN for kind in kinds) and kinds.count(UUID) <= len(_MARKS)
        if not is_plain or endpoint[0] == "." or not has_request_context():
            return app.url_for(endpoint, **values)
        ids = [value for value in values.values() if type(value) is UUID]
        shape = ((name, UUID if type(each) is UUID else each) for name, each in values.items())
        return pattern(endpoint, tuple(shape)).format(*ids)

    app.jinja_env.globals["url_for"] = url_for
