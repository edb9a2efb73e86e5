"""The presses of one person's page: which button means what now, in the viewer's language.

Four places of a turn, a microphone, what else is possible now, and what is rare behind "More".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from community.core.sentences import gettext as _
from community.live.page.cues import wish_words
from community.live.queries import Prepared
from community.live.rules.presses import Sure
from community.live.rules.reasons import HAS_FLOOR
from community.live.rules.room import WRITTEN, Mode, Part, Phase, Spot, Way, Wish
from community.live.rules.snapshot import Me, Snapshot

Fields = Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Control:
    """One button. `key` is its place on the page, which never changes; the rest may."""

    key: str
    event: str
    text: str
    icon: str
    fields: Fields = field(default_factory=dict)
    main: bool = False
    suffix: str = ""  # for screen readers, so that no two buttons share a name
    pressed: bool | None = None  # of several ways, is this the one in use?


def saw(seen: Snapshot) -> Fields:
    """What goes with a press that may move the floor."""
    return {"seen": seen.version}


def member_turn(seen: Snapshot, me: Me | None) -> list[Control]:
    """Four places that never move; only their words and icons change."""
    mode = me.mode if me is not None else Mode.VOICE
    accept: Fields = {"mode": mode.value, **saw(seen)}
    mine = me is not None and seen.floor.person == me.id
    first = _before_my_turn(seen, me, accept)
    third = Control("turn-3", "later", _("Come back to me later"), "later", saw(seen))
    typed: Fields = {"mode": Mode.TYPED.value, **saw(seen)}
    fourth = Control("turn-4", "accept", _("Type my share"), "text", typed)
    if mine and seen.floor.kind == "offered":
        icon = "mic" if mode is Mode.VOICE else "text"
        first = Control("turn-1", "accept", _("Start my turn"), icon, accept, main=True)
    elif mine:
        first = (
            Control("turn-1", "resume", _("Carry on"), "play", main=True)
            if seen.floor.paused
            else Control("turn-1", "pause", _("Take a moment"), "moment")
        )
        third = Control(
            "turn-3", "finish", _("I’ve finished"), "check", saw(seen), main=not seen.floor.paused
        )
        fourth = _other_way(seen.floor.mode, mode)
    second = Control("turn-2", "pass", _("Pass this time"), "pass", saw(seen))
    return [first, second, third, fourth]


def _other_way(now: Mode | None, usual: Mode) -> Control:
    """To type, or to speak after all. Whoever types anyway comes to their words by it."""
    way, text, icon = Mode.TYPED, _("Type instead"), "text"
    if now is not Mode.VOICE and usual is Mode.VOICE:
        way, text, icon = Mode.VOICE, _("Speak instead"), "mic"
    elif now in WRITTEN:
        way, text = now, _("Type my share")
    return Control("turn-4", "set-mode", text, icon, {"mode": way.value})


def _before_my_turn(seen: Snapshot, me: Me | None, accept: Fields) -> Control:
    if me is not None and me.resting:
        return Control("turn-1", "come-back", _("I’m back"), "play", main=True)
    if seen.phase is not Phase.OPEN_FLOOR and me is not None and me.only_listens:
        way = Way.TEXT if me.without_sound else Way.VOICE
        return Control("turn-1", "take-turns", _("Ask for a turn"), "hand", {"way": way.value})
    if seen.phase is not Phase.OPEN_FLOOR or me is None:
        return Control("turn-1", "accept", _("Not your turn yet"), "wait", accept)
    if me.hand_is_up:
        return Control("turn-1", "lower-hand", _("Lower my hand"), "hand")
    return Control("turn-1", "raise-hand", _("Raise my hand"), "hand")


def microphone(seen: Snapshot) -> Control:
    if seen.me is not None and seen.me.mic:
        return Control("mic", "mic-off", _("Microphone is on"), "mic")
    fields = {"sure": Sure.YES.value} if microphone_asks(seen) else {}
    return Control("mic", "mic-on", _("Microphone is off"), "mic-off", fields)


def microphone_asks(seen: Snapshot) -> str:
    """What the page asks a facilitator before the press counts. A microphone needs the script."""
    if seen.can["mic-on"] != HAS_FLOOR or (seen.me is not None and seen.me.mic):
        return ""
    return _("%(name)s has the floor. To speak anyway, press once more.", name=seen.floor.name)


def stays_off(seen: Snapshot) -> str:
    """Why the microphone does, and what else there is: said before anybody opens it."""
    reason = seen.can["mic-on"]
    return "" if reason in (None, HAS_FLOOR) else _(reason.text)


def camera(me: Me | None) -> Control:
    if me is not None and me.camera:
        return Control("camera", "camera-off", _("Turn camera off"), "cam")
    return Control("camera", "camera-on", _("Turn camera on"), "cam-off")


def sound(me: Me | None) -> Control:
    """Whether this page connects to the others, or only reads and types."""
    if me is not None and me.without_sound:
        return Control("sound", "sound-on", _("Use sound on this device"), "vol")
    return Control("sound", "sound-off", _("Text only on this device"), "text2")


def member_rest(seen: Snapshot) -> list[Control]:
    """What else somebody can do right now."""
    rest = []
    if seen.can["claim-standby"] is None:
        rest.append(Control("claim-standby", "claim-standby", _("Come in now"), "check", main=True))
    if seen.can["take-back"] is None:
        rest.append(Control("take-back", "take-back", _("Take that back"), "later", saw(seen)))
    if seen.can["move-on"] is None:
        rest.append(Control("move-on", "move-on", _("Move on"), "pass", saw(seen)))
    if seen.can["wait-more"] is None:
        rest.append(Control("wait-more", "wait-more", _("Wait 5 more minutes"), "wait"))
    if seen.may_choose:
        rest.append(Control("end", "end", _("End the circle"), "leave"))
    return rest


def more(seen: Snapshot) -> list[Control]:
    """What is rarely wanted, and always there."""
    rare = []
    if seen.can["step-away"] is None:
        rare.append(Control("step-away", "step-away", _("Take a break"), "break", saw(seen)))
    if seen.floor.kind == "holding" and seen.can["later"] is None and seen.can["finish"] is None:
        text = _("Come back to me later")
        rare.append(Control("later", "later", text, "later", saw(seen)))
    if seen.can["show-card"] is None:
        rare.append(Control("card", "show-card", _("Show my card"), "msg"))
    if seen.can["hide-card"] is None:
        rare.append(Control("card", "hide-card", _("Hide my card"), "msg"))
    if seen.can["listen-only"] is None:
        rare.append(Control("listen", "listen-only", _("Just listen today"), "ear", saw(seen)))
    rare += take_turns(seen)
    if seen.can["slower"] is None:
        rare.append(Control("slower", "slower", _("Slower, please"), "moment"))
    if seen.can["help"] is None:
        rare.append(Control("help", "help", _("Ask a facilitator for help"), "hand"))
    return [*rare, *interpreters(seen), *spots(seen)]


def take_turns(seen: Snapshot) -> list[Control]:
    """For whoever came to listen, or to type, and would like to speak after all."""
    if seen.me is None or seen.can["take-turns"] is not None:
        return []
    by_voice = _("Take turns today, by voice")
    ways = [(Way.VOICE, by_voice, "mic"), (Way.TEXT, _("Take turns today, by text"), "text2")]
    if seen.me.way is Way.TEXT:
        ways = [(Way.VOICE, _("Speak in my turns"), "mic")]
    return [
        Control(f"turns-{way}", "take-turns", text, icon, {"way": way.value})
        for way, text, icon in ways
        if way is Way.TEXT or not seen.me.without_sound
    ]


def interpreters(seen: Snapshot) -> list[Control]:
    """Who speaks for me is for me to say; and for both of us, that it’s over."""
    rows = []
    for person in (each for each in seen.people if each.part is Part.INTERPRETER):
        key, fields = f"interpreter-{person.id}", {"person": str(person.id)}
        if person.can["ask-interpreter"] is None:
            text = _("%(name)s interprets for me", name=person.name)
            rows.append(Control(key, "ask-interpreter", text, "talk", fields))
        elif person.can["stop-interpreter"] is None:
            text = _("%(name)s no longer interprets for me", name=person.name)
            if person.is_me:
                text = _("I no longer interpret for them")
            rows.append(Control(key, "stop-interpreter", text, "quiet", fields))
    return rows


def spots(seen: Snapshot) -> list[Control]:
    """Where in the order I’d like my turn, from the next round on."""
    if seen.me is None or seen.can["set-spot"] is not None:
        return []
    return [
        Control(
            f"spot-{spot}",
            "set-spot",
            text,
            icon,
            {"spot": spot.value},
            pressed=seen.me.spot is spot,
        )
        for spot, text, icon in (
            (Spot.EARLY, _("My turn early"), "up"),
            (Spot.ANY, _("My turn at any time"), "dot"),
            (Spot.LATE, _("My turn late"), "down"),
        )
    ]


def ways(seen: Snapshot, prepared: Prepared | None) -> list[Control]:
    """Ways of equal size: to begin a turn with, or to go on in."""
    holds = seen.me is not None and seen.floor.kind == "holding" and seen.floor.person == seen.me.id
    event = "set-mode" if holds else "accept"
    more_fields: Fields = {} if holds else saw(seen)
    rows = [
        Control(
            f"way-{mode}",
            event,
            text,
            icon,
            {"mode": mode.value, **more_fields},
            pressed=seen.floor.mode is mode if holds else None,
        )
        for mode, text, icon in (
            (Mode.VOICE, _("Speak"), "mic"),
            (Mode.ALOUD, _("Read it aloud for me"), "vol"),
            (Mode.TYPED, _("Show it"), "text2"),
            (Mode.SILENCE, _("Share silence"), "quiet"),
        )
    ]
    if prepared is None:
        return rows
    send = replace(send_prepared(seen, prepared), key="way-prepared", suffix=_("(one of the ways)"))
    return [*rows[:-1], send, rows[-1]]


def send_prepared(seen: Snapshot, prepared: Prepared) -> Control:
    """What was written before, in one press: it begins the turn, or goes on with it."""
    mode = Mode.ALOUD if prepared.aloud else Mode.TYPED
    fields: Fields = {"mode": mode.value, **saw(seen)}
    return Control("send-prepared", "send-prepared", _("Send my written share"), "note", fields)


def wishes(seen: Snapshot) -> list[Control]:
    """What I would like from the others is something else now, in the middle of my turn."""
    if seen.can["set-wish"] is not None:
        return []
    rows = [
        Control(
            f"wish-{wish}",
            "set-wish",
            wish_words(wish),
            "ear",
            {"wish": wish.value},
            pressed=seen.floor.wish is wish,
        )
        for wish in Wish
    ]
    return [*rows, quiet_after(seen)]


def quiet_after(seen: Snapshot) -> Control:
    """Whether the others are offered words for me, once my turn is over."""
    is_on = seen.me is not None and seen.me.quiet_after
    event, text = "words-after" if is_on else "quiet-after", _("No words after my turn, please")
    return Control("quiet-after", event, text, "quiet", pressed=is_on)
