"""Eyes-closed mode: what the one big button means now, and what is behind More."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from community.core.sentences import gettext as _
from community.live.page.controls import Control
from community.live.rules.room import Part, Way
from community.live.rules.snapshot import Me, Snapshot


@dataclass(frozen=True, slots=True)
class Big:
    """The button: its name in two parts, and the place whose press it is; none only tells."""

    state: str
    press: str
    key: str = ""
    asks: bool = False  # once more, before it is pressed


@dataclass(frozen=True, slots=True)
class Eyes:
    about: str  # one's own microphone and camera
    big: Big
    more: Sequence[str]  # the places whose presses are behind More


def eyes(
    seen: Snapshot,
    me: Me | None,
    turn: Sequence[Control],
    ways: Sequence[Control],
    rest: Sequence[Control],
    send: Control | None,
) -> Eyes:
    """`turn` are the places of a turn, `ways` how mine can be taken, `rest` what else can be
    pressed now, and `send` the press that sends what was written before: for whoever types, it is
    the one to begin with."""
    if me is None:
        return Eyes(
            "", Big(_("A facilitator will let you in."), _("Press to hear where we are")), []
        )
    member = me.part is Part.MEMBER
    mine = member and seen.floor.person == me.id and not seen.hold
    big = _mine(seen, send if me.way is Way.TEXT else None) if mine else _not_mine(me)
    places = [it for it in turn if mine or not member or it.event != "accept"]
    written = [send] if send is not None else []
    others = [*written, *places, *(ways if mine else ()), *rest]
    mic = _("Microphone is on.") if me.mic else _("Microphone is off.")
    camera = _("Camera is on.") if me.camera else _("Camera is off.")
    return Eyes(f"{mic} {camera}", big, _once(others, big))


def _once(controls: Sequence[Control], big: Big) -> list[str]:
    """Each press that the big button isn’t, though several places of the page have it."""
    known = {_press(it) for it in controls if it.key == big.key}
    listed = []
    for it in controls:
        if it.key != big.key and _press(it) not in known:
            known.add(_press(it))
            listed.append(it.key)
    return listed


def _press(it: Control) -> Hashable:
    return it.event, frozenset(it.fields.items())


def _mine(seen: Snapshot, send: Control | None) -> Big:
    if seen.floor.kind == "offered" and send is not None:
        return Big(_("Your turn."), _("Press to send your written share"), send.key)
    if seen.floor.kind == "offered":
        return Big(_("Your turn."), _("Press to start"), "turn-1")
    if seen.floor.paused:
        return Big(_("You’re taking a moment."), _("Press to carry on"), "turn-1")
    return Big(_("It’s your turn."), _("Press when you have finished"), "turn-3", asks=True)


def _not_mine(me: Me) -> Big:
    if me.resting:
        return Big(_("You’ve stepped away."), _("Press to come back"), "turn-1")
    return Big(_("Not your turn."), _("Press to hear where we are"))
