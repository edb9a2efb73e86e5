"""Threads and what is written in them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value, key
from community.threads.rules import PostState, Wish


class Thread(Base):
    """A thread in one group, under one topic. Its first post is number 1."""

    __tablename__ = "thread"
    id: Mapped[UUID] = key()
    group_id: Mapped[UUID] = mapped_column(ForeignKey("group.id", ondelete="CASCADE"))
    topic: Mapped[str]  # a slug of community.dystonia
    title: Mapped[str]  # empty once its author has taken the first post back
    wish: Mapped[Wish] = mapped_column(by_value(Wish))
    author_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    started_at: Mapped[datetime]
    last_at: Mapped[datetime]
    post_count: Mapped[int]
    __table_args__ = (
        Index("ix_thread_group_last", "group_id", "last_at", "id"),
        Index("ix_thread_topic_last", "topic", "last_at", "id"),
    )


class Post(Base):
    """What one person wrote: as written, and rendered once by the sanitiser."""

    __tablename__ = "post"
    id: Mapped[UUID] = key()
    thread_id: Mapped[UUID] = mapped_column(ForeignKey("thread.id", ondelete="CASCADE"))
    number: Mapped[int]
    author_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    state: Mapped[PostState] = mapped_column(by_value(PostState))
    hidden_until: Mapped[datetime | None]  # None while hidden: until a decision
    text: Mapped[str]
    html: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    written_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    __table_args__ = (
        UniqueConstraint("thread_id", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("state <> 'deleted' OR (text = '' AND html = '')", name="taken_back_blank"),
    )
