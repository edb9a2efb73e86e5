"""Staff change which words are watched for."""

from datetime import datetime
from uuid import UUID, uuid5

from community.core import deeds
from community.core.actor import Actor
from community.core.db import db
from community.core.deeds import LEFT_OUT, WATCHED, Deed
from community.safety.words.models import WordChoice
from community.safety.words.rules import Kind, folded, may_choose_words, may_watch

PHRASES = UUID("6f0a1f0e-3c0b-4d55-9a51-3f6f3c1d6f0e")
"""In which the record’s numbers for phrases are made."""


def watch(actor: Actor, kind: Kind, phrase: str, *, now: datetime) -> None:
    """Watch for this phrase from now on. What is written already stays as it is."""
    may_watch(actor, phrase).require()
    _choose(actor, kind, phrase, is_watched=True, now=now)


def leave_out(actor: Actor, kind: Kind, phrase: str, *, now: datetime) -> None:
    """Watch for this phrase no more."""
    may_choose_words(actor).require()
    _choose(actor, kind, phrase, is_watched=False, now=now)


def _choose(actor: Actor, kind: Kind, phrase: str, *, is_watched: bool, now: datetime) -> None:
    """The record says which list it was, and knows the phrase by a number only."""
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
    action = WATCHED if is_watched else LEFT_OUT
    about = uuid5(PHRASES, f"{kind}:{folded(phrase)}")
    deeds.say(Deed(actor, action, about, None, "", kind, now))
