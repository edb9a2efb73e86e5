"""A facilitator's desk: the next step for everybody, who is here, and what only they may read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from community.calls.rules.call import EndReason
from community.core.sentences import gettext as _
from community.live.page.controls import Control, Fields, saw
from community.live.page.cues import person_words
from community.live.page.steps import next_step, other_steps
from community.live.rules.reasons import FULL
from community.live.rules.room import AskKind, Phase, Room, Status
from community.live.rules.snapshot import Knocker, SeenAsk, SeenPerson, SentOut, Snapshot


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One person as a facilitator's desk lists them. `order` is about their turn; `mute` is asked
    about once more."""

    id: str
    name: str
    status: str
    card_words: str
    controls: Sequence[Control]
    order: Sequence[Control]
    removable: bool
    mute: Control | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody wrote to the facilitators, or that they need one."""

    id: str
    name: str
    text: str
    controls: Sequence[Control]


def desk_turn(seen: Snapshot, names: Mapping[UUID, str]) -> list[Control]:
    """A facilitator's places: the next step, who is next, and a pause for everybody."""
    first, step = _first_hand(seen), next_step(seen)
    is_next = seen.can[step.event] is None and first is None and not seen.hold
    step = replace(step, main=is_next)
    pause = (
        Control("turn-3", "release", _("Carry on, all of us"), "play", main=True)
        if seen.hold
        else Control("turn-3", "hold", _("Pause the room"), "moment")
    )
    following = (
        Control("turn-2", "move-on", _("Move on"), "pass", saw(seen))
        if first is None
        else _give("turn-2", first, _("First hand: %(name)s", name=names[first]), seen, main=True)
    )
    return [step, following, pause]


def desk_rest(seen: Snapshot, names: Mapping[UUID, str]) -> list[Control]:
    """What else a facilitator can do now."""
    rest, least = other_steps(seen), seen.least_heard
    if seen.phase is not Phase.LOBBY:
        main = seen.break_is_due and not seen.closing_is_due
        rest.append(Control("break", "break", _("Start a break"), "break", main=main))
    if seen.can["say-closing"] is None:
        text, main = _("Say that we close soon"), seen.closing_is_due
        rest.append(Control("say-closing", "say-closing", text, "talk", main=main))
    if least is not None and _first_hand(seen) not in (None, least):
        text = _("Least heard: %(name)s", name=names[least])
        rest.append(_give("give-least", least, text, seen))
    rest += _moment(seen)
    rest += [
        Control(
            "nudge",
            "nudge",
            _("Nudge %(name)s, privately", name=person.name),
            "chev",
            {"person": str(person.id)},
        )
        for person in seen.people
        if person.can["nudge"] is None
    ]
    if seen.can["go-back"] is None:
        rest.append(Control("go-back", "go-back", _("Go back one"), "later", saw(seen)))
    if seen.can["take-over"] is None:
        rest.append(Control("take-over", "take-over", _("Lead the circle"), "play", main=True))
    return rest


def _moment(seen: Snapshot) -> list[Control]:
    """For whoever has the floor: the others wait with them. Their microphone is theirs to open."""
    name, key = seen.floor.name or "", "moment"
    if seen.can["resume"] is None:
        return [Control(key, "resume", _("%(name)s carries on", name=name), "play")]
    if seen.can["pause"] is None:
        return [Control(key, "pause", _("Give %(name)s a moment", name=name), "moment")]
    return []


def _first_hand(seen: Snapshot) -> UUID | None:
    """Of those who may be given the floor now, who raised a hand first."""
    if seen.phase is not Phase.OPEN_FLOOR:
        return None
    can = {person.id for person in seen.people if person.can["offer"] is None}
    hands = (each.person for each in seen.order if each.status is Status.DUE)
    return next((each for each in hands if each in can), None)


def _give(key: str, person: UUID, text: str, seen: Snapshot, main: bool = False) -> Control:
    return Control(key, "offer", text, "hand", {"person": str(person), **saw(seen)}, main=main)


def ends() -> list[Control]:
    """Why a facilitator ends it."""
    return [
        Control(f"end-{why}", "end", text, "leave", {"why": why.value})
        for why, text in (
            (EndReason.FINISHED, _("Yes, end it for everybody")),
            (EndReason.SAFETY, _("End it: it isn’t safe to go on")),
            (EndReason.CANCELLED_LIVE, _("Call it off for today")),
        )
    ]


def desk(room: Room, seen: Snapshot) -> list[DeskRow]:
    """Who knocks, then everybody else who is here, and last whoever was sent out."""
    knocking = [
        DeskRow(
            id=str(knocker.id),
            name=knocker.name,
            status=_knocks(knocker),
            card_words="",
            controls=[
                _about(event, knocker.id, text, icon, knocker.name, main=event == "admit")
                for event, text, icon in (
                    ("admit", _("Let in"), "check"),
                    ("refuse", _("Not this time"), "pass"),
                )
                if knocker.can[event] is None
            ],
            order=[],
            removable=False,
        )
        for knocker in seen.knocking
    ]
    here = [_row(room, seen, person) for person in seen.people if not person.is_me]
    return [*knocking, *here, *map(_sent_out, seen.sent_out)]


def _knocks(knocker: Knocker) -> str:
    if knocker.can["admit"] == FULL:
        return _("would like to come in; all the places are taken")
    if knocker.stands_by:
        return _("stands by, in case there is room")
    return _("would like to come in")


def _sent_out(person: SentOut) -> DeskRow:
    return DeskRow(
        id=str(person.id),
        name=person.name,
        status=_("isn’t let in for this call") if person.banned else _("was removed"),
        card_words="",
        controls=[
            _about(event, person.id, text, icon, person.name)
            for event, text, icon in (
                ("unban", _("May come back"), "later"),
                ("ban", _("Not in this call"), "pass"),
            )
            if person.can[event] is None
        ],
        order=[],
        removable=False,
    )


def lines(seen: Snapshot, words: Mapping[int, str]) -> list[Line]:
    """What was written to the facilitators, in order. One’s own is for the others."""
    return [_line(ask, words.get(ask.number, "")) for ask in seen.asks if not ask.is_mine]


def desk_more(seen: Snapshot) -> list[Control]:
    """For whoever leads and needs somebody themselves."""
    if seen.can["help"] is not None:
        return []
    return [Control("help", "help", _("Ask for help with this circle"), "hand")]


def _line(ask: SeenAsk, words: str) -> Line:
    text = {
        AskKind.HELP: _("needs a facilitator"),
        AskKind.SLOW: _("would like it slower"),
    }.get(ask.kind, _("“%(words)s”", words=words))
    fields: Fields = {"number": ask.number}
    key, suffix = f"opened-{ask.number}", f"{ask.name} {ask.number}"
    opened = Control(key, "opened", _("Opened"), "check", fields, main=True, suffix=suffix)
    return Line(str(ask.number), ask.name, text, [] if ask.opened else [opened])


def _row(room: Room, seen: Snapshot, person: SeenPerson) -> DeskRow:
    shown = room.person(person.id)
    return DeskRow(
        id=str(person.id),
        name=person.name,
        status=person_words(seen, person),
        card_words=_("How to listen: “%(card)s”", card=shown.shown_card)
        if shown.shown_card
        else "",
        controls=list(_controls(seen, person)),
        order=list(_order(person)),
        removable=person.can["remove"] is None,
        mute=_mute(person),
    )


def _mute(person: SeenPerson) -> Control | None:
    if person.can["mute"] is not None:
        return None
    return _about("mute", person.id, _("Yes, close it"), "mic-off", person.name)


def _controls(seen: Snapshot, person: SeenPerson) -> list[Control]:
    controls = []
    if person.can["close-camera"] is None:
        text = _("Close the camera")
        controls.append(_about("close-camera", person.id, text, "cam-off", person.name))
    if person.can["offer"] is None:
        gives = seen.phase is Phase.OPEN_FLOOR
        text = _("Give the floor") if gives else _("Ask now")
        offer = _about("offer", person.id, text, "chev", person.name)
        controls.append(replace(offer, fields={**offer.fields, **saw(seen)}))
    if person.can["hand-over"] is None:
        text = _("Hand over the lead")
        controls.append(_about("hand-over", person.id, text, "chev", person.name))
    return controls


def _order(person: SeenPerson) -> list[Control]:
    return [
        _about(event, person.id, text, icon, person.name)
        for event, text, icon in (
            ("move-up", _("One place up"), "up"),
            ("move-down", _("One place down"), "down"),
            ("skip", _("Leave out of this round"), "pass"),
            ("add-again", _("Add to this round"), "later"),
        )
        if person.can[event] is None
    ]


def _about(
    event: str, person: UUID, text: str, icon: str, name: str, main: bool = False
) -> Control:
    return Control(
        f"{event}-{person}", event, text, icon, {"person": str(person)}, main=main, suffix=name
    )
