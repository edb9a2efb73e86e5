"""The whole community of the demo, made once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from community.accounts import actions as accounts_actions
from community.accounts import queries as accounts_queries
from community.core.actor import Role
from community.core.db import transaction
from community.demo import calls, threads
from community.demo.cast import CAST, Invented, actor, email_of
from community.groups import actions as groups_actions
from community.groups import queries as groups_queries
from community.groups.claims import actor_of
from community.groups.guidelines import actions as guidelines_actions
from community.groups.rules import HoldPolicy
from community.safety import actions as safety_actions
from community.safety.rules import GUIDELINES_VERSION
from community.threads.greeting import actions as greeting_actions


def fill(at: datetime) -> None:
    """Make the community, once; and see to it that a circle's lobby is open."""
    with transaction():
        if accounts_queries.account_id_of(email_of(CAST[0].name)) is None:
            gather(at)
        else:
            _agree(at)
    with transaction():
        calls.open_a_lobby(at)


def _agree(at: datetime) -> None:
    """In a store that an older demo made: everybody agrees to what is asked today."""
    for person in CAST:
        safety_actions.agree(actor(person.name, at), GUIDELINES_VERSION, now=at)


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
        actor("Hana", at), neck, "Cameras stay off",
        "All of them, in every circle, so that nobody has to ask.", now=at,
    )  # fmt: skip
    groups_actions.invite(
        actor("Hana", at), neck, "Two people I met at the swimming pool", uses=2, days=7, now=at
    )
    voice = _group(
        "Idris", "Voice and text", "Circles in which nobody needs to speak.", "",
        ["Ana", "Priya", "Kit"], at,
    )  # fmt: skip
    _appoint("Idris", voice, "Idris", {Role.FACILITATOR, Role.OWNER}, at)
    groups_actions.ask_to_open(
        actor("Priya", at), "Music and hands", "For people who play, or used to.",
        "Which instrument?", now=at,
    )  # fmt: skip
    groups_actions.ask_to_join(
        actor("Noor", at), neck, "Mine began in spring. I’d like to listen.", now=at
    )
    calls.schedule(neck, voice, at)
    _known_to_one_another(everyone, neck, at)
    threads.write(everyone, neck, at)
    threads.write_long(everyone, at)
    _greet(voice, at)
    threads.look_after(neck, at)
    threads.wait_to_be_read(voice, at)


def _join(person: Invented, at: datetime) -> None:
    account_id = accounts_actions.arrive(email_of(person.name), is_demo=True, now=at)
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
    group_id = groups_actions.ask_to_open(actor(owner, at), name, about, question, now=at)
    groups_actions.decide_opening(
        actor("Marta", at), group_id, "A good idea. Welcome.", approve=True, now=at
    )
    for member in members:
        groups_actions.ask_to_join(
            actor(member, at), group_id, "I’d like to be part of this.", now=at
        )
        for knock in groups_queries.knocks(group_id):
            groups_actions.decide_joining(
                actor(owner, at), knock.id, "Welcome.", approve=True, now=at
            )
    return group_id


def _appoint(owner: str, group_id: UUID, name: str, roles: set[Role], at: datetime) -> None:
    just_in = replace(actor(owner, at), signed_in_at=at)
    groups_actions.appoint(just_in, group_id, actor(name, at).id, frozenset(roles), now=at)


def _greet(voice: UUID, at: datetime) -> None:
    """Whoever is new in Voice and text meets Idris there."""
    idris = actor("Idris", at)
    greeting_actions.ask(idris, voice, idris.id, now=at)
    words = (
        "Hello, I’m Idris. Here you can be as quiet as you like: a typed word is as good as a "
        "spoken one, and so is none."
    )
    greeting_actions.write(idris, voice, words, None, hears=False, now=at)


def _known_to_one_another(everyone: UUID, neck: UUID, at: datetime) -> None:
    """These people have written for months, so that nothing of theirs is read first."""
    groups_actions.choose_holds(actor("Ellen", at), everyone, HoldPolicy.OPEN, now=at)
    groups_actions.choose_holds(actor("Hana", at), neck, HoldPolicy.OPEN, now=at)
