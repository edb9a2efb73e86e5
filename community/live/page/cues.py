"""What the circle says to one viewer: what is going on, how each person is, who is next.

Sentences only. A snapshot decides; these put it into the viewer's language.
"""

from collections.abc import Mapping
from uuid import UUID

from flask_babel import ngettext

from community.core.sentences import gettext as _
from community.live.page.waiting import waiting_words
from community.live.rules.reasons import NO_ROOM
from community.live.rules.room import (
    CLOSING,
    HoldReason,
    Mode,
    Part,
    Phase,
    Presence,
    Status,
    Wish,
)
from community.live.rules.snapshot import Me, SeenEntry, SeenPerson, Snapshot

Line = dict[str, str]


def wish_words(wish: Wish) -> str:
    """What a speaker would like from the others."""
    match wish:
        case Wish.JUST_LISTEN:
            return _("Just listening, please")
        case Wish.REFLECTION:
            return _("A reflection is welcome")
        case Wish.IDEAS:
            return _("Ideas are welcome")


def removed_words(why: str) -> dict[str, str | bool]:
    """What somebody who was removed reads at once. Their page leads on to the statement of it."""
    return {
        "decided": True,
        "cue": _("A facilitator has ended your place in this circle"),
        "why": _("This is why: %(why)s", why=why),
        "then": _("You can ask somebody else to look again. Get help now stays open to you."),
    }


def not_let_in_words() -> dict[str, str]:
    """What somebody who was not let in reads at once."""
    return {
        "cue": _("You can’t come in this time"),
        "why": _("You have no seat in this call, and a facilitator couldn’t let you in today."),
        "then": _("You can sign up for another one. Get help now stays open to you."),
    }


def _say(text: str) -> Line:
    return {"kind": "say", "text": text}


def _quiet(text: str) -> Line:
    return {"kind": "quiet", "text": text}


def now_words(seen: Snapshot, me: Me | None) -> tuple[str, list[Line]]:
    """What is going on: the cue, and the lines under it."""
    if seen.phase is Phase.ENDED:
        return _("The circle has ended"), [_say(_("Thank you for being here."))]
    if me is not None and me.presence is Presence.KNOCKING and me.stands_by:
        return _("You’re standing by"), _standing_by(seen)
    if me is None or me.presence is Presence.KNOCKING:
        return (
            _("A facilitator will let you in"),
            [_say(_("There’s nothing you need to do. You can wait here, or leave."))],
        )
    cue, lines = _room(seen, me)
    if me.resting:
        away = _("You’ve stepped away. Your seat and your place are kept. Come back when you like.")
        lines = [_say(away), *lines]
    proposal = _proposal(seen)
    return cue, [*lines, *(_quiet(words) for words in (closing_words(seen), proposal) if words)]


def closing_words(seen: Snapshot) -> str:
    """For whoever looks, or comes, after everybody was told. In the last parts nobody asks."""
    if not seen.closes_soon or seen.phase in CLOSING:
        return ""
    return _("We close soon. No turn is hurried for it.")


def _proposal(seen: Snapshot) -> str:
    """An idea for a facilitator. Nothing comes of it by itself."""
    if seen.closing_is_due:
        return _("The planned end is near. To say that you close soon is one idea.")
    if seen.break_is_due:
        return _("You’ve been together for a while. A break is one idea.")
    return ""


def _standing_by(seen: Snapshot) -> list[Line]:
    may_claim = seen.can["claim-standby"]
    if may_claim is None:
        text = _("If there is room, you can come in now. Or a facilitator lets you in.")
    elif may_claim == NO_ROOM:
        text = _(NO_ROOM.text)
    else:
        text = _(
            "Three minutes after the start you can come in, if there is room. A facilitator may "
            "let you in before that."
        )
    return [_say(text), _quiet(_("It’s kind of you to wait. You can leave whenever you like."))]


def _room(seen: Snapshot, me: Me) -> tuple[str, list[Line]]:
    if seen.may_choose:
        return _("We’re waiting for a facilitator"), _choice(me)
    match seen.hold:
        case HoldReason.NO_FACILITATOR:
            return (
                _("We’re waiting for a facilitator"),
                [_say(_("Microphones are closed. You are safe to wait or leave."))],
            )
        case HoldReason.BREAK:
            return (
                _("We’re taking a break"),
                [_say(_("Rest, stretch, get some water. We go on together, and nobody is late."))],
            )
        case HoldReason.FACILITATOR:
            return (
                _("The room is paused"),
                [_say(_paused(me))],
            )
    match seen.phase:
        case Phase.LOBBY:
            return _lobby(seen, me)
        case Phase.OPENING:
            prompt = [_quiet(seen.prompt)] if seen.prompt else []
            return _("Welcome"), [_say(_opening(me)), *prompt]
        case Phase.GUIDELINES:
            return _("What we ask of each other"), [_say(_guidelines(me))]
        case Phase.GOODBYE:
            return _("We’re saying goodbye"), _goodbye(me)
        case _:
            cue, lines = _turns(seen, me)
            return cue, [*lines, *_interpreted(seen, me), *_part(seen)]


def _paused(me: Me) -> str:
    if me.part is Part.FACILITATOR:
        return _("Microphones are closed, and everybody waits until you go on.")
    return _("The facilitator has paused the room. You are safe to wait or leave.")


def _opening(me: Me) -> str:
    if me.part is Part.FACILITATOR:
        return _("You open the circle. What you could say is on your desk.")
    return _("The facilitator opens the circle. Moving, stretching and sounds are fine.")


def _guidelines(me: Me) -> str:
    if me.part is Part.FACILITATOR:
        return _("You go through it with everybody. Then you begin the first round.")
    return _("The facilitator goes through it, and then the first round begins.")


def _interpreted(seen: Snapshot, me: Me) -> list[Line]:
    """Who speaks for whoever has the floor."""
    floor, said = seen.floor, []
    for person in seen.people:
        if floor.person is None or person.interprets_for != floor.person:
            continue
        if person.is_me and seen.can["mic-on"] is None:
            text = _("You interpret for %(name)s. Your microphone can be on now.", name=floor.name)
        elif person.is_me:
            text = _("You interpret for %(name)s.", name=floor.name)
        elif floor.person == me.id:
            text = _("%(name)s interprets for you.", name=person.name)
        else:
            text = _(
                "%(interpreter)s interprets for %(name)s.",
                interpreter=person.name,
                name=floor.name,
            )
        said.append(_quiet(text))
    return said


def _part(seen: Snapshot) -> list[Line]:
    """Which round it is, and what it is about."""
    if seen.phase is Phase.CLOSING_ROUND:
        return [_quiet(_("The closing round: a word or two, or none."))]
    if seen.phase is not Phase.ROUND or not seen.prompt:
        return []
    return [_quiet(_("This round: %(prompt)s", prompt=seen.prompt))]


def _choice(me: Me) -> list[Line]:
    """Calm words when nobody leads: the members say how to go on."""
    chosen = {
        True: _("You chose to end. Until more than half do, we wait. You can change your mind."),
        False: _("You chose to wait. You can change your mind."),
        None: _("You can wait five more minutes, end the circle, or leave. All three are fine."),
    }[me.ends]
    return [
        _say(_("No facilitator has been here for five minutes. We’re sorry.")),
        _say(chosen),
        _quiet(_("The circle ends when more than half of those who are here choose that.")),
    ]


def _goodbye(me: Me) -> list[Line]:
    lines = [_say(_("Thank you, everybody. You can leave whenever you like."))]
    if me.is_owed:
        owed = _(
            "There’s a turn that you haven’t had. If you’d like, write now what you wanted to "
            "share: everybody here can read it. Leaving it is fine too."
        )
        lines.insert(0, _say(owed))
    return lines


def _lobby(seen: Snapshot, me: Me) -> tuple[str, list[Line]]:
    if me.part is Part.FACILITATOR:
        return _("The lobby is open"), [_say(_("Start the circle when you’re ready."))]
    return _("You’re in the lobby"), [
        _say(_("The facilitator starts the circle. Nothing to do yet.")),
        *([_quiet(seen.prompt)] if seen.prompt else []),
    ]


def _open_floor(me: Me) -> tuple[str, list[Line]]:
    if me.part is Part.FACILITATOR:
        text = _("Whoever would like to say more raises a hand. You give the floor.")
    elif me.hand_is_up:
        text = _("Your hand is up. The facilitator gives the floor. Nothing else to do.")
    else:
        text = _("If you’d like to say more, raise your hand. Listening is fine too.")
    return _("The floor is open"), [_say(text)]


def _round_over(seen: Snapshot, me: Me) -> tuple[str, list[Line]]:
    closes = seen.phase is Phase.CLOSING_ROUND
    if me.part is Part.FACILITATOR and closes:
        text = _("Say goodbye when it suits everybody.")
    elif me.part is Part.FACILITATOR:
        text = _("Begin the closing round when it suits everybody, or open the floor.")
    elif closes:
        text = _("The facilitator closes the circle soon. Nothing to do.")
    else:
        text = _("The facilitator says how we go on. Nothing to do.")
    cue = _("Everybody has had their turn")
    if seen.listening:
        cue = _("Everybody who takes turns has had one")
    return cue, [_say(text)]


def _kept_for(seen: Snapshot, me: Me) -> list[Line]:
    """Whose turn waits for them, while everybody else has had one."""
    if me.id in seen.kept_for:
        return [_say(_("Your turn is kept for when you’re back. There’s no hurry."))]
    names = ", ".join(each.name for each in seen.order if each.person in seen.kept_for)
    lines = [_say(_("The others have had their turn. One is kept for: %(names)s.", names=names))]
    if me.part is Part.FACILITATOR:
        lines.append(_say(_("You can wait, or go on: no turn is lost.")))
    return lines


def _turns(seen: Snapshot, me: Me) -> tuple[str, list[Line]]:
    floor = seen.floor
    name = floor.name or ""
    if floor.kind == "idle" and seen.phase is Phase.OPEN_FLOOR:
        return _open_floor(me)
    if floor.kind == "idle":
        if seen.round_is_over:
            return _round_over(seen, me)
        if seen.kept_for:
            return _("A quiet moment"), _kept_for(seen, me)
        return _("A quiet moment"), [_say(_("The next turn begins soon."))]
    if floor.person == me.id:
        return _my_turn(seen, me)
    if floor.waiting:
        return _("We’re waiting for %(name)s", name=name), [
            _say(_("Their connection dropped. Their place is kept."))
        ]
    lines = []
    if floor.wish is not None:
        lines.append(_say(_("“%(wish)s.”", wish=wish_words(floor.wish))))
    if floor.card:
        lines.append(_quiet(_("How to listen to %(name)s: “%(card)s”", name=name, card=floor.card)))
    if floor.kind == "offered":
        return _("It’s %(name)s’s turn, when they’re ready", name=name), lines
    if floor.paused:
        return _("%(name)s is taking a moment", name=name), lines
    match floor.mode:
        case Mode.TYPED | Mode.ALOUD:
            return _("%(name)s is sharing by text", name=name), lines
        case Mode.SILENCE:
            return _("%(name)s is sharing silence", name=name), lines
        case _:
            return _("%(name)s is speaking", name=name), lines


def _my_turn(seen: Snapshot, me: Me) -> tuple[str, list[Line]]:
    floor = seen.floor
    if floor.kind == "offered":
        return _("It’s your turn, %(name)s", name=me.name), [
            _say(_("Start when you’re ready. There’s no hurry."))
        ]
    cue = _("It’s your turn, %(name)s. There’s no hurry.", name=me.name)
    if floor.paused:
        return _("You’re taking a moment, %(name)s", name=me.name), [
            _say(_("Everybody waits with you. Carry on when you’re ready."))
        ]
    match floor.mode:
        case Mode.TYPED:
            text = _("Write below, and show it when you like. Pausing is fine, and so is silence.")
        case Mode.ALOUD:
            text = _(
                "Write below. Each person’s own device can read it aloud, and shows it too. "
                "Pausing is fine."
            )
        case Mode.SILENCE:
            text = _("You’re sharing silence. Everybody is quiet with you.")
        case _ if me.mic:
            text = _(
                "Your microphone is on. Everyone can hear you. Pausing is fine, and so is silence."
            )
        case _:
            text = _("Your microphone is off. You can turn it on, or type instead.")
    wished = wish_words(floor.wish or Wish.JUST_LISTEN)
    wish = _("The others see your wish: “%(wish)s.”", wish=wished)
    return cue, [_say(text), _quiet(wish), *([_quiet(nudge_words())] if floor.nudged else [])]


def nudge_words() -> str:
    return _("Only for you, from a facilitator: when it suits you, come to a close. No hurry.")


def note_words(seen: Snapshot, viewer_id: UUID, names: Mapping[UUID, str]) -> str:
    """Thanks after a turn, the same for everybody; who is next, to whoever it is; and to the
    facilitators, who waits for them."""
    said = []
    if seen.thanked is not None and seen.thanked in names:
        said.append(_("Thank you, %(name)s.", name=names[seen.thanked]))
    if seen.next == viewer_id and seen.floor.kind != "idle" and seen.floor.person != viewer_id:
        said.append(
            _("You’re next, after %(name)s. Nothing to do yet.", name=seen.floor.name or "")
        )
    return " ".join(dict.fromkeys([*said, *waiting_words(seen)]))


def order_words(seen: Snapshot) -> str:
    """What is said while nobody is in the order."""
    if seen.phase is Phase.OPEN_FLOOR:
        return _("No hand is up right now.")
    return _("The order is shown here when the round begins.")


def status_words(seen: Snapshot, entry: SeenEntry) -> tuple[str, str]:
    """How somebody in the order is: an icon and a few words."""
    floor = seen.floor
    if entry.presence is Presence.RECONNECTING:
        return "wait", _("connecting again")
    if entry.presence is Presence.GONE:
        return "break", _("stepped away")
    if entry.resting:
        return "break", _("taking a break")
    if floor.person == entry.person:
        if floor.kind == "offered":
            return "chev", _("may start")
        if floor.paused:
            return "moment", _("taking a moment")
        return {
            Mode.TYPED: ("text2", _("sharing by text")),
            Mode.ALOUD: ("text2", _("sharing by text")),
            Mode.SILENCE: ("quiet", _("sharing silence")),
        }.get(floor.mode or Mode.VOICE, ("vol", _("speaking")))
    if seen.next == entry.person:
        return "chev", _("up next, text only") if entry.text_only else _("up next")
    match entry.status:
        case Status.DONE | Status.WRITTEN:
            return "check", _("has shared")
        case Status.PASSED:
            return "pass", _("passed")
        case Status.SKIPPED:
            return "pass", _("not in this round")
        case Status.LATER | Status.OWED:
            return "later", _("later")
        case _ if seen.phase is Phase.OPEN_FLOOR:
            return "hand", _("hand is up")
        case _ if entry.text_only:
            return "text2", _("to come, text only")
        case _:
            return "wait", _("to come")


def person_words(seen: Snapshot, person: SeenPerson) -> str:
    """How somebody is, and whether they can be heard."""
    if person.presence is Presence.RECONNECTING:
        return _("connecting again")
    how = _how_they_are(seen, person)
    if person.without_sound:
        return _("%(how)s, without sound", how=how)
    if person.text_only:
        return how
    if person.id in seen.heard:
        return _("%(how)s, microphone on", how=how)
    return _("%(how)s, microphone off", how=how)


def listening_words(seen: Snapshot) -> str:
    """In a gathering: those who aren’t named one by one."""
    if not seen.listening:
        return ""
    return ngettext(
        "… and one person who listens", "… and %(num)d people who listen", seen.listening
    )


def interpreter_words(seen: Snapshot, person: SeenPerson) -> str:
    """For whom, once that is said; to that person it is themselves."""
    whom = next((each for each in seen.people if each.id == person.interprets_for), None)
    if whom is None:
        return _("interpreter")
    return _("your interpreter") if whom.is_me else _("interpreter for %(name)s", name=whom.name)


def _how_they_are(seen: Snapshot, person: SeenPerson) -> str:
    if person.part is Part.FACILITATOR:
        return _("facilitator, leads") if person.leads else _("facilitator")
    if person.resting:
        return _("taking a break")
    if person.part is Part.INTERPRETER:
        return interpreter_words(seen, person)
    return _("here, text only") if person.text_only else _("here")
