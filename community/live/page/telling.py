"""What is told of a circle in words, apart from its page: to a screen reader, and aloud.

Each sentence has a place, and whoever waits for the facilitators a line of their own there. The
script tells the lines that are new at a place; static/js/live/telling.js says how urgent each is
and which sound goes with it. An empty place has nothing to tell.
"""

from collections.abc import Mapping
from uuid import UUID

from flask_babel import ngettext

from community.core.sentences import gettext as _
from community.live.page.cues import closing_words, nudge_words
from community.live.page.waiting import asks_words, door_words, hands_words, waiting_words
from community.live.rules.room import HoldReason, Mode
from community.live.rules.snapshot import Me, Snapshot


def tells(
    seen: Snapshot, me: Me | None, names: Mapping[UUID, str], cue: str, asked: str
) -> dict[str, str]:
    """Every place, for one viewer. `cue` says what is going on, `asked` what became of a line."""
    if me is None:
        return {"title": cue, "where": _sentence(cue)}
    mine = seen.floor.person == me.id
    following = _next(seen, me)
    held = {
        HoldReason.BREAK: "break",
        HoldReason.FACILITATOR: "paused",
        HoldReason.NO_FACILITATOR: "alone",
    }
    return {
        "title": _title(seen, me, cue),
        "in": _people(len(seen.people) + seen.listening),
        "where": " ".join(
            filter(None, [_sentence(cue), following, closing_words(seen), *waiting_words(seen)])
        ),
        "now": "" if seen.hold or (mine and not seen.floor.paused) else _sentence(cue),
        "turn": (
            _("It’s your turn. Start when you’re ready.")
            if mine and seen.floor.kind == "offered" and not seen.hold
            else ""
        ),
        "next": following,
        "mic": _microphone(seen, me),
        "finished": _thanks(seen, names),
        "break": "",
        "paused": "",
        "alone": "",
        **({held[seen.hold]: _held(seen.hold)} if seen.hold else {}),
        "closing": _("We close in about five minutes.") if seen.closes_soon else "",
        "nudge": nudge_words() if mine and seen.floor.nudged else "",
        "door": "\n".join(door_words(seen)),
        "hands": "\n".join(hands_words(seen)),
        "asks": "\n".join(asks_words(seen)),
        "asked": asked,
        "echoes": _for_me(seen),
    }


def words_for_telling() -> dict[str, str]:
    """What the script says of a change that no single board holds."""
    return {
        "came": _("{name} is here."),
        "left": _("{name} has left."),
        "mic_on": _("Microphone on."),
        "finish_asked": _("Finish? Press again to finish."),
        "by_text": _("%(name)s, by text: %(words)s", name="{name}", words="{words}"),
        "done": _("Done: {name}."),
        "eyes_open": _("Eyes view is open."),
        "eyes_closed": _("Eyes-closed mode. One big button."),
        "speaks": _("Your device says where we are."),
        "silent": _("Your device stays silent. Your screen reader is still told."),
    }


def _sentence(words: str) -> str:
    return words if words.endswith((".", "…")) else _("%(words)s.", words=words)


def _people(count: int) -> str:
    people = ngettext("%(num)s person.", "%(num)s people.", count)
    return _("You’re in. %(people)s", people=people)


def _title(seen: Snapshot, me: Me, cue: str) -> str:
    """The tab of a browser: short, and what matters to this person first."""
    if seen.hold or seen.floor.person != me.id:
        return _("You’re next") if seen.next == me.id and not seen.hold else cue
    if seen.floor.paused:
        return _("You’re taking a moment")
    return _("Your turn")


def _microphone(seen: Snapshot, me: Me) -> str:
    """In a spoken turn that somebody gave back, and not their own press, they learn of it here."""
    if me.mic:
        return _("Microphone on.")
    floor = seen.floor
    mine = floor.person == me.id and floor.mode is Mode.VOICE and not (floor.paused or seen.hold)
    return "\n".join([_("Microphone off."), *([_("It’s your turn.")] if mine else [])])


def _next(seen: Snapshot, me: Me) -> str:
    if seen.hold or seen.next != me.id or seen.floor.kind == "idle" or seen.floor.person == me.id:
        return ""
    return _("You’re next, after %(name)s.", name=seen.floor.name or "")


def _thanks(seen: Snapshot, names: Mapping[UUID, str]) -> str:
    """The same words for every turn, however it was taken: that somebody passed is theirs."""
    if seen.thanked is None or seen.thanked not in names:
        return ""
    name = names[seen.thanked]
    return _("%(name)s has finished. Thank you, %(name)s.", name=name)


def _for_me(seen: Snapshot) -> str:
    """That there is something, and where. What it is, somebody reads or hears when they like."""
    if not any(echo.is_new for echo in seen.echoes):
        return ""
    return _("There are words for you, under “After a turn”.")


def _held(hold: HoldReason) -> str:
    return {
        HoldReason.BREAK: _("Break for five minutes. You can stay or step away."),
        HoldReason.FACILITATOR: _(
            "The facilitator has paused the room. You are safe to wait or leave."
        ),
        HoldReason.NO_FACILITATOR: _(
            "We’re waiting for a facilitator. Microphones are closed. You are safe to wait or "
            "leave."
        ),
    }[hold]
