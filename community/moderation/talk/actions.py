"""Asking to talk. It is in no record, because it is about nobody."""

from datetime import datetime
from uuid import uuid5

from community.core.actor import Actor
from community.moderation import deciders
from community.moderation.talk.rules import TalkWanted, may_ask_to_talk, who_hears
from community.notifications.actions import tell


def ask(actor: Actor, *, now: datetime) -> None:
    """Each is told once a day, however often it is pressed."""
    able = deciders.of_groups((), now)
    whom = who_hears(actor, able.leads, able.site)
    may_ask_to_talk(actor, whom).require()
    today = uuid5(actor.id, now.date().isoformat())  # and not who: it stays when they are erased
    for each in sorted(whom):
        tell(each, TalkWanted(actor.name), now=now, once=f"talk:{today}:{each}")
