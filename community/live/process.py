"""Which process this is."""

from uuid import UUID, uuid4

from flask import current_app


def this_process() -> UUID:
    """An id that is made at the first question, so after gunicorn has forked: each has its own."""
    mine: UUID = current_app.extensions.setdefault("process", uuid4())
    return mine
