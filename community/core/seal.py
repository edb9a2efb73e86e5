"""Sealed ids: what stands in a link from a letter. Nothing secret is kept at rest.

A seal is the id, signed for one purpose (itsdangerous). The row it names decides whether it is
still good, so one use and an end are the row's business. Facts can be sealed too, for a page to
carry what no row keeps: signed, not hidden.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import current_app
from itsdangerous import BadData, BadSignature, URLSafeSerializer

from community.core.verdict import NOT_FOUND, Refused


def seal(purpose: str, value: UUID) -> str:
    """This id, in a form only this site can have written."""
    return _serializer(purpose).dumps(value.hex)


def unseal(purpose: str, sealed: str) -> UUID:
    """The id in a seal. Raises `Refused(NOT_FOUND)` if we didn't write it for this purpose."""
    try:
        return UUID(_serializer(purpose).loads(sealed))
    except (BadSignature, ValueError) as error:
        raise Refused(NOT_FOUND) from error


def seal_facts(purpose: str, facts: Mapping[str, Any]) -> str:
    """These facts (JSON), in a form only this site can have written."""
    return str(_serializer(purpose).dumps(facts))


def unseal_facts(purpose: str, sealed: str) -> dict[str, Any] | None:
    """The facts in a seal, or None if we didn't write it for this purpose."""
    try:
        facts: dict[str, Any] = _serializer(purpose).loads(sealed)
    except BadData:
        return None
    return facts


def _serializer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"seal:{purpose}")
