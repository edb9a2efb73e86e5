"""Of accounts, what keeps people safe, and news."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, select

from community.accounts.locks.models import AccountLock
from community.accounts.models import Account, SignedInBrowser, SignInLink, StaffRole
from community.accounts.sanctions.models import Sanction
from community.core.actor import Actor
from community.core.db import alias_of
from community.core.letters import OutboxLetter
from community.core.words import said
from community.groups.models import Group
from community.notifications.models import NewsChoice, Notice, QuietHours
from community.notifications.push.models import PushSubscription
from community.privacy.leaving.models import Leaving
from community.privacy.taking_out.models import DataTaken
from community.privacy.taking_out.register.entry import Entry, Mine, NotMine, by
from community.safety.blocks.models import Block
from community.safety.models import Agreement, Consent, HelplineCheck
from community.safety.words.models import WordChoice

_Other = alias_of(Account, "other")


def _their_letters(actor: Actor) -> ColumnElement[bool]:
    return OutboxLetter.address == _email(actor)


def _their_links(actor: Actor) -> ColumnElement[bool]:
    return SignInLink.email == _email(actor)


def _email(actor: Actor) -> ScalarSelect[str]:
    return select(Account.email).where(Account.id == actor.id).scalar_subquery()


def _their_devices(actor: Actor) -> ColumnElement[bool]:
    mine = select(SignedInBrowser.id).where(SignedInBrowser.account_id == actor.id)
    return PushSubscription.browser_id.in_(mine)


def name_of(account_id: Any) -> Any:
    """The name of somebody whom the reader chose themselves."""
    return select(_Other.name).where(_Other.id == account_id).scalar_subquery()


def group_named(group_id: Any) -> Any:
    """What a group is called."""
    return select(Group.name).where(Group.id == group_id).scalar_subquery()


REGISTER: Mapping[str, Entry] = {
    "account": Mine(
        said("You, and your comfort settings"),
        Account,
        by(Account.id),
        "id email name standing zone theme text_size easier_letters side access_card in_circles "
        "adult_at joined_at is_demo quiet_until how_today how_today_until",
    ),
    "staff_role": Mine(
        said("What you do for the site"),
        StaffRole,
        by(StaffRole.account_id),
        "role since",
        "account_id",
    ),
    "signed_in_browser": Mine(
        said("Where you’re signed in"),
        SignedInBrowser,
        by(SignedInBrowser.account_id),
        "label signed_in_at seen_at",
        "id account_id token_hash",
    ),
    "sign_in_link": Mine(
        said("Links to sign in that you asked for"),
        SignInLink,
        _their_links,
        "email asked_at ends_at used_at",
        "id",
    ),
    "consent": Mine(
        said("Your consent"),
        Consent,
        by(Consent.account_id),
        "purpose text_version given_at withdrawn_at",
        "id account_id",
    ),
    "agreement": Mine(
        said("Guidelines that you agreed to"),
        Agreement,
        by(Agreement.account_id),
        "version agreed_at",
        "account_id",
    ),
    "block": Mine(
        said("Whom you keep apart from"),
        Block,
        by(Block.blocker_id),
        "since",
        "blocker_id blocked_id",
        lambda actor: {"who": name_of(Block.blocked_id)},
    ),
    "sanction": Mine(
        said("What was in force for you"),
        Sanction,
        by(Sanction.account_id),
        "kind decision_id begins_at ends_at review_at lifted_at",
        "id account_id group_id lifted_by",
        lambda actor: {"group": group_named(Sanction.group_id)},
    ),
    "account_lock": Mine(
        said("Until when nobody can sign in by your account"),
        AccountLock,
        by(AccountLock.account_id),
        "reason locked_at ends_at",
        "account_id",
    ),
    "kept_away": NotMine("It is made when somebody is erased, and knows nobody."),
    "helpline_check": Mine(
        said("Helplines that you checked"),
        HelplineCheck,
        by(HelplineCheck.verified_by),
        "country verified_on",
        "facts verified_by",
    ),
    "word_choice": Mine(
        said("Words that you chose to be watched, or not"),
        WordChoice,
        by(WordChoice.chosen_by),
        "kind phrase is_watched chosen_at",
        "chosen_by",
    ),
    "news_choice": Mine(
        said("How news reaches you"),
        NewsChoice,
        by(NewsChoice.account_id),
        "news by_mail by_bell by_push",
        "account_id",
    ),
    "quiet_hours": Mine(
        said("Your quiet hours"),
        QuietHours,
        by(QuietHours.account_id),
        "begins ends",
        "account_id",
    ),
    "notice": Mine(
        said("What you were told here, by kind"),
        Notice,
        by(Notice.account_id),
        "kind told_at seen_at put_down",
        "id account_id facts once",
    ),
    "push_subscription": Mine(
        said("Devices that tell you when something is new"),
        PushSubscription,
        _their_devices,
        "due_at tries failed_at why",
        "browser_id endpoint key secret",
    ),
    "outbox_letter": Mine(
        said("E-mails to you, by kind"),
        OutboxLetter,
        _their_letters,
        "address kind state written_at due_at until sent_at",
        "id zone facts tries why once stops",
    ),
    "data_taken": Mine(
        said("When you took this out before"),
        DataTaken,
        by(DataTaken.account_id),
        "taken_at",
        "account_id",
    ),
    "leaving": Mine(
        said("That you’re leaving for good"),
        Leaving,
        by(Leaving.account_id),
        "words asked_at erase_at",
        "account_id was",
    ),
    "process_lease": NotMine("It says which process of the site is running."),
}
