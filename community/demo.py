"""The invented community: with nothing set, anybody can look around in it on their own machine.

Everything is made through actions, so demo data can't break a rule. It answers on loopback only,
refuses proxies and other host names, and a store in which anybody joined outside the demo.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import Blueprint, Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from community.accounts import actions as accounts_actions
from community.accounts import identity
from community.accounts import queries as accounts_queries
from community.accounts.sanctions.rules import SanctionKind
from community.calls import queries as calls_queries
from community.calls.actions import holding as calls_holding
from community.calls.actions import scheduling as calls_scheduling
from community.calls.actions import seating as calls_seating
from community.calls.rules.call import Format, Plan
from community.calls.rules.holding import Ask
from community.calls.rules.series import Every, rhythm_from
from community.core import post
from community.core.actor import Actor, Role, Staff
from community.core.db import transaction
from community.core.verdict import Reason, Refused
from community.core.web import now, public
from community.demo_picture import kettle
from community.groups import actions as groups_actions
from community.groups import queries as groups_queries
from community.groups.claims import actor_of
from community.groups.guidelines import actions as guidelines_actions
from community.groups.rules import HoldPolicy
from community.moderation.reports import actions as report_actions
from community.moderation.reports import queries as report_queries
from community.moderation.sanctions import actions as sanctions_actions
from community.moderation.sanctions.actions import StepChoice
from community.moderation.sanctions.rules import Step
from community.safety import actions as safety_actions
from community.safety.rules import GUIDELINES_VERSION
from community.threads import actions as threads_actions
from community.threads import queries as threads_queries
from community.threads.acts.rules import Because
from community.threads.answers.rules import Chosen, sentences
from community.threads.notes.rules import NoteKind
from community.threads.pace import actions as pace_actions
from community.threads.pace.rules import Gap, PaceKind
from community.threads.reading import actions as reading_actions
from community.threads.resonance import actions as resonance_actions
from community.threads.resonance.rules import Word
from community.threads.rules.drafts import Place, Typed
from community.threads.rules.posts import Press, Tagged, Wish

bp = Blueprint("demo", __name__, url_prefix="/demo")

HERE_ONLY = Reason("here-only", "The demo answers on its own machine only.", 403)
OTHER_PEOPLE = Reason("other-people", "This store holds people who joined outside the demo.", 409)
INVENTED_PEOPLE = Reason(
    "invented-people",
    "This store holds invented people of the demo. A real site begins with an empty one: set "
    "DATABASE_URL or VAR_DIR to another place.",
    409,
)

LOCAL_NAMES = {"127.0.0.1", "localhost", "[::1]"}
PROXY_HEADERS = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody of the cast."""

    name: str
    zone: str
    does: str
    card: str = ""
    staff: Staff | None = None


CAST = (
    Invented(
        "Ana",
        "Europe/London",
        "A member. She has a seat in the next circle.",
        card="My neck pulls to the left. If I look away, I’m still listening.",
    ),
    Invented("Hana", "Europe/London", "Facilitates Neck, evenings, and owns it."),
    Invented("Mori", "Europe/Berlin", "Moderates Neck, evenings. A report is waiting."),
    Invented(
        "Ben",
        "America/New_York",
        "A member in another time zone.",
        card="My voice may stop. Please wait. I’ll type if it helps.",
    ),
    Invented("Noor", "Asia/Kolkata", "New here: has asked to join Neck, evenings."),
    Invented("Sam", "Europe/Dublin", "A member who takes part by text."),
    Invented("Idris", "Africa/Lagos", "Facilitates Voice and text."),
    Invented("Ruth", "Europe/London", "A member who writes, and holds a circle with Hana."),
    Invented("Lee", "Australia/Sydney", "A member who writes."),
    Invented("Priya", "Asia/Kolkata", "A member who would like to open a group."),
    Invented("Tom", "America/Chicago", "A member who reported a reply."),
    Invented("Gale", "America/Denver", "A member whose reply was reported."),
    Invented("Kit", "Europe/Paris", "Belongs elsewhere: to Voice and text only."),
    Invented(
        "Marta",
        "Europe/Madrid",
        "Platform moderator: approves groups.",
        staff=Staff.PLATFORM_MODERATOR,
    ),
    Invented("Ellen", "Europe/Oslo", "Admin: says who looks after the site.", staff=Staff.ADMIN),
)


def _email(name: str) -> str:
    return f"{name.lower()}@demo.invalid"


def init_demo(app: Flask) -> None:
    """Put the demo's pages and its guard on the app."""
    app.register_blueprint(bp)
    app.before_request(_stay_on_this_machine)


def _stay_on_this_machine() -> None:
    name = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    if name not in LOCAL_NAMES or any(header in request.headers for header in PROXY_HEADERS):
        raise Refused(HERE_ONLY)


@bp.get("/cast")
@public
def cast() -> ResponseReturnValue:
    """Who can be looked around as."""
    return render_template("demo/cast.html", cast=CAST)


@bp.post("/look-as/<name>")
@public
def look_as(name: str) -> ResponseReturnValue:
    """Sign this browser in as somebody of the cast."""
    account_id = accounts_queries.account_id_of(_email(name))
    if account_id is None:
        return redirect(url_for(".cast"))
    with transaction():
        token = accounts_actions.sign_in(account_id, "The demo", now=now())
    identity.begin(token)
    return redirect(url_for("home.my_place"))


@bp.get("/letters")
@public
def letters() -> ResponseReturnValue:
    """Letters this demo would have sent."""
    return render_template("demo/letters.html", letters=post.newest(30))


def keep_apart(*, is_demo: bool) -> None:
    """Invented and real people share no store: refused by the demo, and by a real site."""
    if is_demo and accounts_queries.joined(in_demo=False):
        raise Refused(OTHER_PEOPLE)
    if not is_demo and accounts_queries.joined(in_demo=True):
        raise Refused(INVENTED_PEOPLE)


def fill(at: datetime) -> None:
    """Make the community, once; and see to it that a circle's lobby is open."""
    with transaction():
        if accounts_queries.account_id_of(_email(CAST[0].name)) is None:
            gather(at)
        else:
            _agree(at)
    with transaction():
        _open_a_lobby(at)


def _agree(at: datetime) -> None:
    """In a store that an older demo made: everybody agrees to what is asked today."""
    for person in CAST:
        safety_actions.agree(_actor(person.name, at), GUIDELINES_VERSION, now=at)


def _actor(name: str, at: datetime) -> Actor:
    account_id = accounts_queries.account_id_of(_email(name))
    assert account_id is not None
    return actor_of(account_id, now=at)


def gather(at: datetime) -> None:
    """The community, before anybody opens a lobby."""
    everyone = groups_actions.ensure_everyone(now=at)
    for person in CAST:
        _join(person, at)
    _appoint("Ellen", everyone, "Mori", {Role.MODERATOR}, at)
    neck = _group(
        "Hana", "Neck, evenings", "For people whose neck pulls, turns or shakes. Tuesdays.",
        "What would you like us to know about you?",
        ["Mori", "Ana", "Ben", "Sam", "Ruth", "Lee", "Priya", "Tom", "Gale"], at,
    )  # fmt: skip
    _appoint("Hana", neck, "Hana", {Role.FACILITATOR, Role.OWNER}, at)
    _appoint("Hana", neck, "Mori", {Role.MODERATOR}, at)
    _appoint("Hana", neck, "Ruth", {Role.FACILITATOR}, at)
    guidelines_actions.add(
        _actor("Hana", at), neck, "Cameras stay off",
        "All of them, in every circle, so that nobody has to ask.", now=at,
    )  # fmt: skip
    groups_actions.invite(
        _actor("Hana", at), neck, "Two people I met at the swimming pool", uses=2, days=7, now=at
    )
    voice = _group(
        "Idris", "Voice and text", "Circles in which nobody needs to speak.", "",
        ["Ana", "Priya", "Kit"], at,
    )  # fmt: skip
    _appoint("Idris", voice, "Idris", {Role.FACILITATOR, Role.OWNER}, at)
    groups_actions.ask_to_open(
        _actor("Priya", at), "Music and hands", "For people who play, or used to.",
        "Which instrument?", now=at,
    )  # fmt: skip
    groups_actions.ask_to_join(
        _actor("Noor", at), neck, "Mine began in spring. I’d like to listen.", now=at
    )
    _calls(neck, voice, at)
    _known_to_one_another(everyone, neck, at)
    _threads(everyone, neck, at)
    _looked_after(neck, at)
    _wait_to_be_read(voice, at)


def _join(person: Invented, at: datetime) -> None:
    account_id = accounts_actions.arrive(_email(person.name), is_demo=True, now=at)
    accounts_actions.introduce(
        actor_of(account_id, now=at), person.name, person.zone, is_adult=True, now=at
    )
    safety_actions.consent(actor_of(account_id, now=at), now=at)
    member = actor_of(account_id, now=at)
    accounts_actions.keep_card(member, person.card)
    safety_actions.agree(member, GUIDELINES_VERSION, now=at)
    if person.staff is not None:
        accounts_actions.give_role(account_id, person.staff, now=at)


def _group(
    owner: str, name: str, about: str, question: str, members: Sequence[str], at: datetime
) -> UUID:
    group_id = groups_actions.ask_to_open(_actor(owner, at), name, about, question, now=at)
    groups_actions.decide_opening(
        _actor("Marta", at), group_id, "A good idea. Welcome.", approve=True, now=at
    )
    for member in members:
        groups_actions.ask_to_join(
            _actor(member, at), group_id, "I’d like to be part of this.", now=at
        )
        for knock in groups_queries.knocks(group_id):
            groups_actions.decide_joining(
                _actor(owner, at), knock.id, "Welcome.", approve=True, now=at
            )
    return group_id


def _appoint(owner: str, group_id: UUID, name: str, roles: set[Role], at: datetime) -> None:
    just_in = replace(_actor(owner, at), signed_in_at=at)
    groups_actions.appoint(just_in, group_id, _actor(name, at).id, frozenset(roles), now=at)


def _calls(neck: UUID, voice: UUID, at: datetime) -> None:
    tuesday = _evening(at, "Europe/London", days=4, hour=18, minute=30)
    circle = calls_scheduling.schedule_call(
        _actor("Hana", at), neck,
        Plan("Neck circle", tuesday, "cervical", "Something small that went well, or didn’t."),
        now=at,
    )  # fmt: skip
    for name in ("Ana", "Ruth", "Lee", "Tom", "Sam"):
        calls_seating.sign_up(_actor(name, at), circle, now=at)
    full = calls_scheduling.schedule_call(
        _actor("Hana", at), neck,
        Plan("Early circle", tuesday + timedelta(days=5), "cervical", "Mornings.", seats=2),
        now=at,
    )  # fmt: skip
    for name in ("Ruth", "Tom", "Ana", "Lee"):
        calls_seating.sign_up(_actor(name, at), full, now=at)
    calls_seating.give_up_seat(_actor("Ruth", at), full, now=at)  # so that a seat is held for Ana
    calls_holding.ask_to_hold(_actor("Hana", at), full, _actor("Ruth", at).id, now=at)
    calls_holding.accept(_actor("Ruth", at), full, Ask.TOGETHER, now=at)
    calls_scheduling.keep_as_template(_actor("Hana", at), circle, "Tuesday evenings")
    later = _evening(at, "Europe/London", days=10, hour=19, minute=0)
    rhythm = rhythm_from(Every.TWO_WEEKS, later.date(), later.time(), "Europe/London")
    again = calls_scheduling.schedule_call(
        _actor("Hana", at), neck,
        Plan("Every other week", later, "cervical", "How these two weeks have been."),
        rhythm, now=at,
    )  # fmt: skip
    for name in ("Ruth", "Lee", "Tom"):
        calls_seating.sign_up(_actor(name, at), again, now=at)
    calls_scheduling.schedule_call(
        _actor("Idris", at), voice,
        Plan(
            "Voice circle, typed turns first", _evening(at, "Africa/Lagos", 6, 12, 0), "laryngeal",
            "Whatever is on your mind.", seats=6, format=Format.TYPED,
        ),
        now=at,
    )  # fmt: skip


def _evening(at: datetime, zone: str, days: int, hour: int, minute: int) -> datetime:
    there = at.astimezone(ZoneInfo(zone)) + timedelta(days=days)
    return there.replace(hour=hour, minute=minute, second=0, microsecond=0)


def _threads(everyone: UUID, neck: UUID, at: datetime) -> None:
    hours = timedelta(hours=1)
    bus = threads_actions.start(
        _actor("Ruth", at), neck, "cervical", "The bus, the window seat, and which way I face",
        Wish.JUST_LISTENING,
        "My head turns to the left, so on the bus I look into the face of whoever sits there. I "
        "used to say sorry every time. Today I took the window seat on the other side and looked "
        "at the rain for forty minutes.\n\nNothing happened. That’s the whole story. It "
        "was lovely.",
        tagged=Tagged(["neck", "sensory-trick"]), now=at - 30 * hours,
    )  # fmt: skip
    threads_actions.reply(
        _actor("Priya", at), bus, "I read this twice. I could see the rain.", now=at - 29 * hours
    )
    reading_actions.keep_place(_actor("Ana", at), bus, 2)
    _answer_ruth(bus, at - 28 * hours)
    threads_actions.keep_draft(
        _actor("Ana", at), Place(bus),
        Typed("The rain on the window is such a good thing to look at. I’m glad you had those"),
        press=Press(), now=at - 27 * hours,
    )  # fmt: skip
    room = threads_actions.start(
        _actor("Tom", at), neck, "cervical", "Injections next week. What’s the waiting room like?",
        Wish.IDEAS, "I’d like to know what to bring.", tagged=Tagged(["botulinum-toxin"]),
        notes={NoteKind.SURGERY}, now=at - 20 * hours,
    )  # fmt: skip
    reply = threads_actions.reply(
        _actor("Gale", at), room,
        "Hi Tom. The chairs are fine, bring a book. Honestly though, just stop the tablets now, "
        "you won’t need them.", now=at - 4 * hours,
    )  # fmt: skip
    threads_actions.reply(
        _actor("Ruth", at), room,
        "There’s a good vending machine. Take someone with you if you can.", now=at - 3 * hours,
    )  # fmt: skip
    report_actions.report(
        _actor("Tom", at), reply.post_id, "stop_treatment", "It worried me.", now=at - 2 * hours
    )
    pace_actions.set_pace(
        _actor("Mori", at), room, pace_actions.Plan(PaceKind.SLOW, 3, Gap.HOUR, None),
        Because("wishes", "Tom asked about a waiting room. Let’s take our time with him."),
        now=at - 2 * hours,
    )  # fmt: skip
    threads_actions.start(
        _actor("Lee", at), everyone, "being-seen", "What do you tell people at work?", Wish.IDEAS,
        "Somebody new asked why I hold my chin. I said it helps me think. What do you say?",
        now=at - 26 * hours,
    )  # fmt: skip
    threads_actions.start(
        _actor("Sam", at), everyone, "calm-corner", "A good morning, for once", Wish.ME_TOO,
        "The kettle, the cat, ten minutes of sun. I thought somebody might like to know.",
        pictures=[kettle(_actor("Sam", at), now=at - 10 * hours)], now=at - 10 * hours,
    )  # fmt: skip


def _answer_ruth(thread_id: UUID, at: datetime) -> None:
    """In words, under a sentence of hers; and in a word."""
    lee, priya = _actor("Lee", at), _actor("Priya", at)
    post = threads_queries.opening(lee, thread_id)
    story = {sentence: mark for mark, sentence in sentences(post.id, post.html).items()}
    threads_actions.reply(
        lee, thread_id,
        "That’s my favourite kind of story. Mine pulls to the right, so we could share a seat and "
        "both have a view.",
        answer=Chosen(post.id, story["That’s the whole story."]), now=at,
    )  # fmt: skip
    resonance_actions.give(lee, post.id, Word.SAME_HERE, now=at)
    resonance_actions.give(priya, post.id, Word.WITH_YOU, now=at)


def _looked_after(neck: UUID, at: datetime) -> None:
    """Gale was written to for selling something and went on, so that Mori asks the group’s owner
    about more than that. And somebody worries about Sam."""
    hours = timedelta(hours=1)
    pillows = threads_actions.start(
        _actor("Lee", at), neck, "cervical", "A pillow that stays where it is", Wish.IDEAS,
        "Mine wanders off in the night. Has anybody found one that doesn’t?", now=at - 60 * hours,
    )  # fmt: skip
    worry = threads_actions.reply(
        _actor("Sam", at), pillows,
        "I haven’t slept for a week, and I don’t know how long I can go on like this.",
        unnamed=True, now=at - 50 * hours,
    )  # fmt: skip
    advert = threads_actions.reply(
        _actor("Gale", at), pillows, "I sell them. Write to me, and you get two for one.",
        now=at - 49 * hours,
    )  # fmt: skip
    report_actions.report(
        _actor("Ruth", at), worry.post_id, "crisis_self", "Is somebody with them?",
        now=at - 2 * hours,
    )  # fmt: skip
    report_actions.report(
        _actor("Lee", at), advert.post_id, "promo", "The second time.", now=at - 48 * hours
    )
    item = report_queries.open_item(advert.post_id)
    assert item is not None
    warning = StepChoice(
        Step(SanctionKind.WARNING, 90), "selling",
        "We don’t sell to each other here. You can say what helped you.", "", version=1,
    )  # fmt: skip
    sanctions_actions.decide(_actor("Mori", at), item, warning, now=at - 30 * hours)
    away = StepChoice(
        Step(SanctionKind.BAN, 90), "selling",
        "You went on selling after we had written to you.", "", version=2,
    )  # fmt: skip
    sanctions_actions.decide(_actor("Mori", at), item, away, now=at - 3 * hours)


def _known_to_one_another(everyone: UUID, neck: UUID, at: datetime) -> None:
    """These people have written for months, so that nothing of theirs is read first."""
    groups_actions.choose_holds(_actor("Ellen", at), everyone, HoldPolicy.OPEN, now=at)
    groups_actions.choose_holds(_actor("Hana", at), neck, HoldPolicy.OPEN, now=at)


def _wait_to_be_read(voice: UUID, at: datetime) -> None:
    """Somebody new has written. Nobody moderates that group, so that the platform reads it."""
    threads_actions.start(
        _actor("Kit", at), voice, "laryngeal", "Ordering coffee without saying it", Wish.ME_TOO,
        "I point at the board and smile. Most people smile back. What do you do?",
        now=at - timedelta(hours=5),
    )  # fmt: skip


def _open_a_lobby(at: datetime) -> None:
    """A circle that somebody who looks around can walk into right now."""
    hana = _actor("Hana", at)
    ready = calls_queries.next_call_of(_actor("Ana", at), now=at)
    if ready is not None and ready.starts_at <= at + timedelta(minutes=15):
        return
    neck = next(group for group in hana.groups if hana.facilitates(group))
    soon = calls_scheduling.schedule_call(
        hana, neck,
        Plan("Neck circle, today", at + timedelta(minutes=10), "cervical",
             "How today has been, in a few words."),
        now=at,
    )  # fmt: skip
    for name in ("Ana", "Ben", "Sam"):
        calls_seating.sign_up(_actor(name, at), soon, now=at)
