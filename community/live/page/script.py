"""What a facilitator can say, step by step: a card for each part of the circle, and for what may
happen in any of them.

Attunement is a way of listening here, and explains nothing. Nobody is hurried, asked to be louder
or clearer, or asked to show anything (F14, F66, F88).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from community.core.sentences import gettext as _
from community.live.rules.room import AskKind, HoldReason, Mode, Phase
from community.live.rules.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Card:
    """Words to say, and what to keep in mind meanwhile."""

    title: str
    say: Sequence[str] = ()
    keep: Sequence[str] = ()


def card(seen: Snapshot) -> Card:
    """The card for what is going on now, and what somebody has asked of it."""
    now = _now(seen)
    if not any(ask.kind is AskKind.SLOW and not ask.opened for ask in seen.asks):
        return now
    slower = _("Somebody would like it slower: one thing at a time, and longer gaps.")
    return replace(now, keep=[slower, *now.keep])


def _now(seen: Snapshot) -> Card:
    match seen.hold:
        case HoldReason.BREAK:
            return _break()
        case HoldReason():
            return _pause()
    match seen.phase:
        case Phase.LOBBY:
            return _before()
        case Phase.OPENING:
            return _opening()
        case Phase.GUIDELINES:
            return _guidelines(seen.guide)
        case Phase.GOODBYE:
            return _goodbye()
        case _ if seen.floor.kind != "idle":
            return _turn(seen)
        case Phase.OPEN_FLOOR:
            return _open_floor()
        case Phase.CLOSING_ROUND:
            return _end_of_closing()
        case _:
            return _end_of_round()


def _before() -> Card:
    return Card(
        _("Before you begin"),
        say=[_("Hello, and welcome. We begin in a moment. There’s nothing you need to do yet.")],
        keep=[
            _("Let in whoever waits. The order is yours to arrange, and everybody sees it."),
            _("If two of you lead, agree on who reads the private lines."),
        ],
    )


def _opening() -> Card:
    return Card(
        _("Opening"),
        say=[
            _("Welcome. I’m glad you’re here, however today is."),
            _("Moving, stretching and walking about are fine. So are sounds, and noise at home."),
            _("Nobody will ask you to show your dystonia, or to explain it."),
            _("Cameras can stay off. Nothing is recorded."),
            _("You can take what you need and leave the rest."),
        ],
        keep=[_("Take your time. Gaps help whoever needs longer to follow.")],
    )


def _guidelines(guide: str) -> Card:
    return Card(
        _("What we ask of each other"),
        say=[
            _("What’s said here stays here. Nobody records, and others’ words stay with them."),
            _("We speak from our own experience. Nobody tells another what treatment to take."),
            _("We listen to hear somebody, not to mend anything. Ideas are for whoever asks."),
            _("A turn is: %(guide)s. Nothing counts down.", guide=guide.rstrip(".")),
            _("Speaking, typing, silence and passing are all a turn. Nobody asks why."),
            _("“Slower, please” and “Tell a facilitator” are under More: only we see them."),
            _("You can leave at any time, and come back."),
        ],
        keep=[_("It’s fine to doubt that this is for you. Say so: nobody has to be convinced.")],
    )


def _turn(seen: Snapshot) -> Card:
    floor, name = seen.floor, seen.floor.name or ""
    if floor.waiting:
        return Card(
            _("While somebody’s line is down"),
            say=[_("We’re waiting for %(name)s. Their place is kept.", name=name)],
            keep=[_("You can move on. Then their turn is owed, and comes at the end.")],
        )
    if floor.kind == "offered":
        return Card(
            _("While somebody is asked"),
            say=[
                *_round(seen),
                _("It’s your turn, %(name)s, if you’d like it. Take your time.", name=name),
                _("You can speak, type, share silence, pass, or come later."),
            ],
            keep=[_("They begin with a press of their own. Nothing runs out.")],
        )
    if floor.paused:
        return Card(
            _("While somebody takes a moment"),
            say=[_("Take your time, %(name)s. We’re here.", name=name)],
            keep=[_("Say it once. They carry on when they like, and nothing ends their turn.")],
        )
    if floor.mode is Mode.SILENCE:
        return Card(
            _("While somebody shares silence"),
            keep=[
                _("Nothing needs to be said. Silence is a turn, and they say when it’s over."),
                _("Then: “Thank you, %(name)s.”", name=name),
            ],
        )
    if floor.mode is not Mode.VOICE:
        return Card(
            _("While somebody types"),
            say=[_("Take your time, %(name)s.", name=name)],
            keep=[
                _("Words may come a line at a time, slowly, or all at once."),
                _("Then: “Thank you, %(name)s.”", name=name),
            ],
        )
    return Card(
        _("While somebody speaks"),
        keep=[
            _("Listen with curiosity: to the words, to the gaps, and at their pace."),
            _("A voice may stop or break. Wait, and leave their words to them."),
            _("Then: “Thank you, %(name)s.” More only if they wished for it.", name=name),
        ],
    )


def _round(seen: Snapshot) -> list[str]:
    """What the round is, for whoever is asked in it."""
    if seen.phase is Phase.CLOSING_ROUND:
        return [_("This is our last round: a word or two, or none. You could name what you take.")]
    if seen.phase is Phase.ROUND and seen.prompt:
        return [_("This round is about: %(prompt)s Or anything else.", prompt=seen.prompt)]
    return []


def _end_of_round() -> Card:
    return Card(
        _("After the round"),
        say=[
            _("Thank you, everybody, whichever way you took your turn."),
            _("Is there anyone who’d like to share something yet?"),
        ],
        keep=[
            _("Another round, the open floor or the closing round: all three are good."),
            _("Before another round, you can change what it’s about, and the order."),
        ],
    )


def _open_floor() -> Card:
    return Card(
        _("The open floor"),
        say=[_("If you’d like to say more, raise your hand. Listening is just as good.")],
        keep=[_("Your controls name who was heard least. They can come first, if they like.")],
    )


def _end_of_closing() -> Card:
    return Card(
        _("After the closing round"),
        say=[_("Thank you, everybody, whichever way you took your turn.")],
        keep=[_("Goodbye comes next. Whoever didn’t come to their turn can write it then.")],
    )


def _goodbye() -> Card:
    return Card(
        _("Goodbye"),
        say=[
            _("Thank you, all of you. Listening was a part of it as much as sharing."),
            _("If something stays with you, Get help now is at the top of the page."),
            _("Rest afterwards, if you can."),
        ],
        keep=[
            _("Whoever didn’t come to their turn can write it now, and everybody can read it."),
            _("Give people time to leave. Then end the circle."),
        ],
    )


def _break() -> Card:
    return Card(
        _("During a break"),
        say=[_("We take a break of about five minutes. Stay, or step away. Nobody is late.")],
        keep=[_("Nothing goes on by itself. Carry on when people are back.")],
    )


def _pause() -> Card:
    return Card(
        _("While the room is paused"),
        say=[_("I’ve paused the room for a moment. You’re safe to wait, or to leave.")],
        keep=[_("Say what comes next before you carry on.")],
    )


def moments() -> list[Card]:
    """Cards for what may come at any time."""
    return [
        Card(
            _("If it’s quiet for long"),
            say=[_("Take your time.")],
            keep=[
                _("Silence never ends a turn. Wait longer than feels easy."),
                _("A private nudge is there if you need it. Only they see it."),
            ],
        ),
        Card(
            _("To let somebody know that they were heard"),
            say=[_("I heard…"), _("What was that like?")],
            keep=[
                _("Only if they wished for it, and in few words."),
                _("Say what you heard, not what it means. Leave their body out of it."),
            ],
        ),
        Card(
            _("If somebody would like it slower"),
            say=[_("Let’s take our time. There’s no hurry for any of us.")],
            keep=[
                _("Say it to all. Who asked stays between them and you."),
                _("One thing at a time, with longer gaps. A break or a pause is fine, too."),
                _("Press Opened, so that they know you have it."),
            ],
        ),
        Card(
            _("If somebody gives advice"),
            say=[_("Let’s stay with listening. Ideas are for whoever asks for them.")],
            keep=[_("Say it to all, and kindly. About medicine, say it at once.")],
        ),
        Card(
            _("If somebody cries, or is overwhelmed"),
            say=[
                _("We’re with you. You don’t have to go on, and you don’t have to stop."),
                _("We can wait, or come back to you later. Both are fine."),
            ],
            keep=[
                _("Don’t ask why. You can pause the room, or take a break together."),
                _("Tell a facilitator is under More, if they’d like a word in private."),
            ],
        ),
        Card(
            _("If you’re worried about somebody’s safety"),
            say=[
                _("I’m glad you said it. You deserve somebody beside you who knows how to help."),
                _("Get help now is at the top of this page, with people to call or to write to."),
            ],
            keep=[
                _("Pause the room. One of you stays with them, one with the others."),
                _("You don’t need to be sure, and it isn’t on you alone. Tell a moderator."),
                _("Promise no secrets: when a life is in danger, we get help."),
            ],
        ),
        Card(
            _("If somebody brings an interpreter"),
            say=[_("Welcome, both of you. Take the time that two languages need.")],
            keep=[
                _("Whoever takes the turns says under More who interprets for them."),
                _("Look at them and talk to them, not to whoever interprets."),
                _("Whoever interprets has a seat and no turn, and is heard in theirs only."),
            ],
        ),
        Card(
            _("When the planned end is near"),
            say=[_("We close in about five minutes. No turn is hurried for it.")],
            keep=[
                _("“Say that we close soon” tells everybody once, with a soft sound if they like."),
                _("Then the closing round: a word or two from everybody, or none."),
            ],
        ),
        Card(
            _("When you move on"),
            say=[_("Thank you. We go on for now, and your turn isn’t lost.")],
            keep=[
                _("Everybody gets the same thanks, whether they shared, passed or dropped out."),
                _("Pressed by mistake? “Go back one” is there until somebody begins."),
            ],
        ),
    ]
