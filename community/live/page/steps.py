"""From one part of the circle to the next, on a facilitator’s desk."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from community.core.sentences import gettext as _
from community.live.page.controls import Control, saw
from community.live.page.happens import ordering_words
from community.live.page.script import Card, card, moments
from community.live.rules.leading import LONGEST_PROMPT
from community.live.rules.presses import Sure
from community.live.rules.reasons import FLOOR_TAKEN, TURN_IS_ON
from community.live.rules.room import Order, Phase
from community.live.rules.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Leading:
    """What is on a facilitator’s desk beside their controls and the people."""

    card: Card
    moments: Sequence[Card]
    prompt: str
    prompt_waits: bool  # somebody has the floor
    ordering: str
    orders: Sequence[Control]
    sure_words: str  # what it means to go on while somebody has the floor
    sure: Sequence[Control]


def leading(seen: Snapshot) -> Leading:
    sure = [
        replace(step, key=f"sure-{step.event}", fields={**step.fields, "sure": Sure.YES.value})
        for step in [next_step(seen), *other_steps(seen)]
        if seen.can[step.event] == TURN_IS_ON
    ]
    return Leading(
        card=card(seen),
        moments=moments(),
        prompt=seen.prompt[:LONGEST_PROMPT],
        prompt_waits=seen.can["set-prompt"] == FLOOR_TAKEN,
        ordering=ordering_words(seen),
        orders=_orders(seen),
        sure_words=_sure_words(seen) if sure else "",
        sure=[replace(step, text=_("Yes: %(step)s", step=step.text)) for step in sure],
    )


def next_step(seen: Snapshot) -> Control:
    """The one that usually comes next, always in the same place."""
    match seen.phase:
        case Phase.LOBBY:
            return Control("turn-1", "start", _("Start the circle"), "play")
        case Phase.OPENING:
            return _step("read-guidelines", _("Go to the guidelines"), "note", seen)
        case Phase.GUIDELINES:
            return _step("begin-round", _("Begin the round"), "play", seen)
        case Phase.ROUND | Phase.OPEN_FLOOR:
            return _step("begin-closing-round", _("Begin the closing round"), "play", seen)
        case _:
            return _step("say-goodbye", _("Say goodbye"), "hand", seen)


def other_steps(seen: Snapshot) -> list[Control]:
    """The others, which stay where they are until the next part begins."""
    begin = _step("begin-round", _("Begin the round"), "play", seen)
    again = replace(begin, text=_("Begin another round"))
    floor = _step("open-floor", _("Open the floor"), "hand", seen)
    goodbye = _step("say-goodbye", _("Say goodbye"), "hand", seen)
    steps = {
        Phase.OPENING: [begin, goodbye],
        Phase.GUIDELINES: [goodbye],
        Phase.ROUND: [again, floor, goodbye],
        Phase.OPEN_FLOOR: [again, goodbye],
    }.get(seen.phase, [])
    return [replace(step, key=step.event) for step in steps]


def _step(event: str, text: str, icon: str, seen: Snapshot) -> Control:
    return Control("turn-1", event, text, icon, saw(seen))


def _sure_words(seen: Snapshot) -> str:
    name = seen.floor.name or ""
    if seen.floor.kind == "offered":
        return _("%(name)s is asked right now. If you go on, their turn comes later.", name=name)
    return _(
        "%(name)s has the floor. If you go on now, their microphone closes and their turn is cut "
        "short. It’s owed to them: they’re asked again, or can write it at the end.",
        name=name,
    )


def _orders(seen: Snapshot) -> list[Control]:
    """The ways to make the order of the rounds to come. By hand it is made under each name."""
    if seen.can["set-order"] is not None:
        return []
    return [
        Control(
            f"order-{order}",
            "set-order",
            text,
            icon,
            {"order": order.value},
            pressed=seen.ordering is order and not seen.is_by_hand,
        )
        for order, text, icon in (
            (Order.SIGN_UP, _("As people signed up"), "check"),
            (Order.RANDOM, _("By chance"), "later"),
        )
    ]
