"""Sanctions. Moderation adds them with a decision; nobody changes what one says afterwards."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, event
from sqlalchemy.orm import Mapped, mapped_column

from community.accounts.sanctions.rules import SanctionKind
from community.core.db import Base, by_value, key
from community.core.locked import Marked


class Sanction(Base):
    """What somebody is kept from, from when until when. A later decision may lift it; the facts
    stay as they were. It goes with the account; the decision that made it stays."""

    __tablename__ = "sanction"
    id: Mapped[UUID] = key()
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    kind: Mapped[SanctionKind] = mapped_column(by_value(SanctionKind))
    group_id: Mapped[UUID | None]  # groups stand above accounts, so that this is an id only
    decision_id: Mapped[UUID] = mapped_column(unique=True)  # by which it was made
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    review_at: Mapped[datetime | None]  # of what has no end: when somebody looks at it again
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[UUID | None]  # the decision that did
    __table_args__ = (
        CheckConstraint(
            "kind NOT IN ('circles', 'mute', 'ban') OR group_id IS NOT NULL", name="has_group"
        ),
        CheckConstraint("kind NOT IN ('limit', 'suspend') OR group_id IS NULL", name="everywhere"),
        CheckConstraint("ends_at IS NOT NULL OR review_at IS NOT NULL", name="ends_or_is_reviewed"),
        CheckConstraint("ends_at IS NULL OR ends_at > begins_at", name="ends_after_it_begins"),
        CheckConstraint("(lifted_at IS NULL) = (lifted_by IS NULL)", name="lifted_by_decision"),
        Index("ix_sanction_account_ends", "account_id", "ends_at"),
    )


class KeptAway(Base):
    """What was in force for somebody who is erased, as little of it as keeps it from being undone
    by that: a mark of their address, and until when. It goes then, or when they come back."""

    __tablename__ = "kept_away"
    id: Mapped[UUID] = key()
    email: Mapped[str] = mapped_column(Marked("e-mail address"), index=True)
    kind: Mapped[SanctionKind] = mapped_column(by_value(SanctionKind))
    group_id: Mapped[UUID | None]
    decision_id: Mapped[UUID]
    begins_at: Mapped[datetime]
    until: Mapped[datetime] = mapped_column(index=True)


FACTS = "account_id, kind, group_id, decision_id, begins_at, ends_at, review_at"


def keep_facts() -> dict[str, tuple[str, ...]]:
    """The statements, for each database, that let nobody change what a sanction says."""
    return {
        "sqlite": (
            f"CREATE TRIGGER sanction_keeps_facts BEFORE UPDATE OF {FACTS} ON sanction "
            "BEGIN SELECT RAISE(ABORT, 'sanction keeps its facts'); END",
        ),
        "postgresql": (
            "CREATE OR REPLACE FUNCTION refuse_facts() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ' keeps its facts'; END $$",
            f"CREATE TRIGGER sanction_keeps_facts BEFORE UPDATE OF {FACTS} ON sanction "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_facts()",
        ),
    }


for _dialect, _statements in keep_facts().items():
    for _statement in _statements:
        _ddl = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(Sanction.__table__, "after_create", _ddl.execute_if(dialect=_dialect))
