"""Staff change which words are watched for."""

from datetime import datetime

from community.core.actor import Actor
from community.core.db import db
from community.safety.words.models import WordChoice
from community.safety.words.rules import Kind, folded, may_choose_words, may_watch


def watch(actor: Actor, kind: Kind, phrase: str, *, now: datetime) -> None:
    """Watch for this phrase from now on. What is written already stays as it is."""
    may_watch(actor, phrase).require()
    _choose(actor, kind, phrase, is_watched=True, now=now)


def leave_out(actor: Actor, kind: Kind, phrase: str, *, now: datetime) -> None:
    """Watch for this phrase no more."""
    may_choose_words(actor).require()
    _choose(actor, kind, phrase, is_watched=False, now=now)


def _choose(actor: Actor, kind: Kind, phrase: str, *, is_watched: bool, now: datetime) -> None:
    db.session.merge(
        WordChoice(
            kind=kind,
            phrase=folded(phrase),
            is_watched=is_watched,
            chosen_by=actor.id,
            chosen_at=now,
        )
    )
    db.session.flush()
