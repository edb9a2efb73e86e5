"""Coming in, signing out, and what somebody says about themselves."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, update

from community.accounts import queries
from community.accounts.locks.actions import keep_out
from community.accounts.models import Account, SignedInBrowser, SignInLink, StaffRole
from community.accounts.queries import token_hash
from community.accounts.rules import (
    LINK_LIFE,
    LINK_USED,
    Comfort,
    Need,
    SignInLinkAsked,
    liking_now,
    link_is_due,
    may_be_first_admin,
    may_be_here,
    may_introduce,
    needing,
)
from community.accounts.sanctions import actions as sanctions
from community.core import letters
from community.core.actor import Actor, Staff, Standing
from community.core.db import add_once, db, locked
from community.core.verdict import Refused


def ask_for_link(email: str, *, now: datetime) -> UUID | None:
    """Send this address a link. Known or not, the steps are the same (ASVS 6.3.8).

    The new link ends the ones before it. None when this address has had enough for now.
    """
    person, asked = queries.asking(email, now=now)
    if not link_is_due(asked):
        return None
    link_id = write_link(email, now=now)
    letter = SignInLinkAsked(link_id, is_new=person is None)
    letters.write(email, letter, zone=person.zone if person else "UTC", now=now)
    return link_id


def write_link(email: str, *, now: datetime) -> UUID:
    """A link for this address, good once and for an hour; those before it end."""
    db.session.execute(
        update(SignInLink)
        .where(SignInLink.email == email, SignInLink.ends_at > now)
        .values(ends_at=now)
    )
    link = SignInLink(email=email, asked_at=now, ends_at=now + LINK_LIFE)
    db.session.add(link)
    db.session.flush()
    return link.id


def use_link(link_id: UUID, *, is_demo: bool = False, now: datetime) -> UUID:
    """Use a link up: the account of its address, a new one if nobody had it.

    One guarded update decides, so that of two presses at the same moment one comes in.
    """
    email = db.session.scalar(
        update(SignInLink)
        .where(SignInLink.id == link_id, SignInLink.used_at.is_(None), SignInLink.ends_at > now)
        .values(used_at=now)
        .returning(SignInLink.email)
    )
    if email is None:
        raise Refused(LINK_USED)
    return arrive(email, is_demo=is_demo, now=now)


def use_first_link(link_id: UUID, *, now: datetime) -> UUID:
    """Use up the link that makes its account the first admin. Only once, for the whole site."""
    may_be_first_admin(len(queries.admins())).require()
    account_id = use_link(link_id, now=now)
    give_role(account_id, Staff.ADMIN, now=now)
    return account_id


def arrive(email: str, *, is_demo: bool = False, now: datetime) -> UUID:
    """The account of this address, a new one if nobody had it. Its person is on the way in."""
    is_new = add_once(Account, email=email, joined_at=now, is_demo=is_demo)
    account_id = queries.account_id_of(email)
    assert account_id is not None
    if is_new:
        sanctions.come_back(account_id, email, now=now)
    return account_id


def sign_in(account_id: UUID, label: str, *, now: datetime) -> str:
    """Sign one browser in; the token is for its cookie and is kept nowhere else. Not while the
    account is locked."""
    keep_out(account_id, now=now)
    token = secrets.token_urlsafe(32)
    db.session.add(
        SignedInBrowser(
            account_id=account_id,
            token_hash=token_hash(token),
            signed_in_at=now,
            seen_at=now,
            label=label,
        )
    )
    db.session.flush()
    return token


def note_visit(browser_id: UUID, *, now: datetime) -> None:
    """This browser is still in use."""
    db.session.execute(
        update(SignedInBrowser).where(SignedInBrowser.id == browser_id).values(seen_at=now)
    )


def end_browser(actor: Actor, browser_id: UUID) -> None:
    """Sign out one browser of this person. One that has gone, or is not theirs, changes nothing."""
    db.session.execute(
        delete(SignedInBrowser).where(
            SignedInBrowser.id == browser_id, SignedInBrowser.account_id == actor.id
        )
    )


def end_browsers(account_id: UUID) -> None:
    """Sign this person out everywhere. Their devices are told nothing any more."""
    db.session.execute(delete(SignedInBrowser).where(SignedInBrowser.account_id == account_id))


def introduce(actor: Actor, name: str, zone: str, *, is_adult: bool, now: datetime) -> None:
    """What we ask of somebody who arrives: a name of their choice, their age, their time zone."""
    may_introduce(actor).require()
    may_be_here(is_adult).require()
    account = locked(Account, actor.id)
    account.name = name
    account.zone = zone
    account.adult_at = account.adult_at or now


def rename(actor: Actor, name: str, zone: str) -> None:
    """Another name, another time zone."""
    account = locked(Account, actor.id)
    account.name = name
    account.zone = zone


def make_comfortable(actor: Actor, comfort: Comfort) -> None:
    """How the site looks for this person from now on."""
    account = locked(Account, actor.id)
    if account.theme != comfort.theme and "usual" in account.in_circles:
        usual = {**account.in_circles["usual"], "theme": comfort.theme}
        account.in_circles = {**account.in_circles, "usual": usual}
    account.theme = comfort.theme
    account.text_size = comfort.text
    account.side = comfort.side
    account.easier_letters = comfort.letters


def like_in_circles(actor: Actor, changes: Mapping[str, Any]) -> None:
    """This person likes these fields of `InCircles` so from now on."""
    account = locked(Account, actor.id)
    account.in_circles = liking_now(account.in_circles, changes)


def today_i_need(actor: Actor, need: Need) -> None:
    """Several settings by one press. Saying `Need.USUAL` brings back what was saved."""
    account = locked(Account, actor.id)
    account.in_circles, account.theme = needing(account.in_circles, account.theme, need)


def keep_card(actor: Actor, words: str) -> None:
    """What this person would like others to know about how to listen to them."""
    locked(Account, actor.id).access_card = words


def set_standing(account_id: UUID, standing: Standing) -> None:
    """Where this person is on the way in. Safety decides it, with the consent."""
    locked(Account, account_id).standing = standing


def give_role(account_id: UUID, role: Staff, *, now: datetime) -> None:
    """Let this person do something for the whole site. Admin decides it."""
    add_once(StaffRole, account_id=account_id, role=role, since=now)


def give_up_roles(account_id: UUID) -> None:
    """This person does nothing for the whole site any more. Privacy has asked who is left."""
    db.session.execute(delete(StaffRole).where(StaffRole.account_id == account_id))


def erase(account_id: UUID) -> None:
    """The account goes, and the database takes along what is somebody’s own: every row whose key
    says so. Letters and links know nobody but an address, and go by that."""
    email = locked(Account, account_id).email
    db.session.execute(delete(SignInLink).where(SignInLink.email == email))
    letters.forget(email)
    db.session.execute(delete(Account).where(Account.id == account_id))


def take_role(account_id: UUID, role: Staff) -> None:
    """This person does that no more."""
    db.session.execute(
        delete(StaffRole).where(StaffRole.account_id == account_id, StaffRole.role == role)
    )
