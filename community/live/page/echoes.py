"""After a turn, in words: what I may say to whoever had it, and what others said to me."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from community.core.sentences import gettext as _
from community.live.page.controls import Control
from community.live.page.cues import wish_words
from community.live.rules.room import Ack, Wish
from community.live.rules.snapshot import SeenAfter, Snapshot


@dataclass(frozen=True, slots=True)
class ForMe:
    """What one person said to me."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Echoes:
    """One quiet place on the page. What comes there moves nothing else, and is not counted."""

    news: str  # beside its name, when there is something for me
    for_me: Sequence[ForMe]
    to: str  # who has just shared, or why there is nothing to say
    hint: str
    acks: Sequence[Control]
    replies: bool  # one line can be sent now
    person: str
    reply_hint: str


def echoes(seen: Snapshot, words: Mapping[int, str]) -> Echoes:
    """What has been said to the viewer, and what they may say."""
    after = seen.after
    replies = after is not None and after.reply is None
    return Echoes(
        news=_("There are words for you") if seen.echoes else "",
        for_me=[
            ForMe(
                str(each.number),
                _("%(name)s: %(words)s", name=each.name, words=ack_words(each.ack))
                if each.ack
                else _("%(name)s: “%(words)s”", name=each.name, words=words.get(each.number, "")),
            )
            for each in seen.echoes
        ],
        to=_("To %(name)s", name=after.name) if after else _("To whoever has just had a turn"),
        hint=_hint(after),
        acks=_acks(after) if after and not after.quiet else [],
        replies=replies,
        person=str(after.person) if after else "",
        reply_hint=_openers(after.wish) if after else "",
    )


def ack_words(ack: Ack) -> str:
    """What a listener may say in one press."""
    return {
        Ack.THANK_YOU: _("Thank you"),
        Ack.HEAR_YOU: _("I hear you"),
        Ack.WITH_YOU: _("With you"),
        Ack.ME_TOO: _("Me too"),
        Ack.THINKING_OF_YOU: _("Thinking of you"),
    }[ack]


def _acks(after: SeenAfter) -> list[Control]:
    return [
        Control(
            f"ack-{ack}",
            "acknowledge",
            ack_words(ack),
            "check" if ack in after.said else "msg",
            {"person": str(after.person), "ack": ack.value},
            pressed=ack in after.said,
        )
        for ack in Ack
    ]


def _hint(after: SeenAfter | None) -> str:
    if after is None:
        return _("After somebody’s turn you can say a word to them here, if you like.")
    if after.quiet:
        return _(
            "%(name)s would like no words after their turn. Listening was enough.", name=after.name
        )
    wish = wish_words(after.wish)
    only = _("Only %(name)s sees it, when they like. No reply is needed.", name=after.name)
    return _("They said: “%(wish)s.” %(only)s", wish=wish, only=only)


def _openers(wish: Wish) -> str:
    """Which words could begin a line, so that it is of the kind that was asked for."""
    if wish is Wish.IDEAS:
        return _("You could begin with “Something that helps me is…”. It’s an idea, not advice.")
    return _(
        "You could begin with “I heard…” or “What stays with me is…”. A reflection, not advice."
    )
