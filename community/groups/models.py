"""Groups, who belongs to them and in which role, and who asks to come in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value, keep_no_samples, key
from community.groups.rules import MOST_WEEKLY_SEATS, GroupState, HoldPolicy, RequestState


class Group(Base):
    """A moderated room of members. "Everyone" is built in: all members belong, without rows."""

    __tablename__ = "group"
    id: Mapped[UUID] = key()
    name: Mapped[str]
    about: Mapped[str]
    question: Mapped[str]  # what somebody who asks to join is asked; may be empty
    state: Mapped[GroupState] = mapped_column(by_value(GroupState))
    is_built_in: Mapped[bool] = mapped_column(default=False)
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    asked_at: Mapped[datetime]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None]
    decision_words: Mapped[str] = mapped_column(default="")
    weekly_seats: Mapped[int | None]  # how many calls somebody may sign up for, if there is a limit
    hold_policy: Mapped[HoldPolicy] = mapped_column(
        by_value(HoldPolicy), default=HoldPolicy.FIRST_POSTS
    )
    __table_args__ = (
        CheckConstraint("decided_by IS NULL OR decided_by <> asked_by", name="not_by_oneself"),
        CheckConstraint(f"weekly_seats BETWEEN 1 AND {MOST_WEEKLY_SEATS}", name="weekly_seats"),
        Index(
            "uq_group_one_built_in",
            "is_built_in",
            unique=True,
            sqlite_where=text("is_built_in"),
            postgresql_where=text("is_built_in"),
        ),
    )


class Membership(Base):
    """Somebody's place in a group. Roles are held side by side."""

    __tablename__ = "membership"
    group_id: Mapped[UUID] = mapped_column(
        ForeignKey("group.id", ondelete="CASCADE"), primary_key=True
    )
    account_id: Mapped[UUID] = mapped_column(
        ForeignKey("account.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    facilitates: Mapped[bool] = mapped_column(default=False)
    moderates: Mapped[bool] = mapped_column(default=False)
    owns: Mapped[bool] = mapped_column(default=False)
    since: Mapped[datetime]


class JoinRequest(Base):
    """Somebody asks to come in. One waiting request for each person and group."""

    __tablename__ = "join_request"
    id: Mapped[UUID] = key()
    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    answer: Mapped[str]
    state: Mapped[RequestState] = mapped_column(by_value(RequestState))
    asked_at: Mapped[datetime]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    decided_at: Mapped[datetime | None]
    words: Mapped[str] = mapped_column(default="")
    __table_args__ = (
        CheckConstraint("decided_by IS NULL OR decided_by <> account_id", name="not_by_oneself"),
        Index(
            "uq_join_request_waiting",
            "group_id",
            "account_id",
            unique=True,
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )


class Invitation(Base):
    """A link that lets people into a group. Taking it back deletes it.

    The link is this row's id, sealed: nothing that opens a door is kept here.
    """

    __tablename__ = "invitation"
    id: Mapped[UUID] = key()
    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"), index=True)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    made_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    uses_left: Mapped[int]
    is_for: Mapped[str]  # a word of whoever made it, for those who look after the group
    __table_args__ = (CheckConstraint("uses_left >= 0", name="never_overused"),)


class RoleChange(Base):
    """Who gave which roles to whom, for good: nothing changes or deletes such a row.

    Ids without foreign keys, so that erasing a person cuts the link and keeps the record.
    """

    __tablename__ = "role_change"
    id: Mapped[UUID] = key()
    group_id: Mapped[UUID]
    account_id: Mapped[UUID]
    changed_by: Mapped[UUID]
    before: Mapped[list[str]] = mapped_column(JSON)
    after: Mapped[list[str]] = mapped_column(JSON)
    changed_at: Mapped[datetime]
    __table_args__ = (Index("ix_role_change_of", "group_id", "account_id", "id"),)


keep_no_samples(Group, "name", "about", "question", "decision_words")
keep_no_samples(JoinRequest, "answer")
keep_no_samples(Invitation, "is_for")
