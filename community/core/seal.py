"""Sealed ids: what stands in a link from a letter. Nothing secret is kept at rest.

A seal is the id, signed for one purpose (itsdangerous). The row it names decides whether it is
still good, so one use and an end are the row's business.
"""

from uuid import UUID

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

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


def _serializer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt=f"seal:{purpose}")
