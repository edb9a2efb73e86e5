"""Pictures, and their bytes apart from them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, keep_no_samples, key


class Picture(Base):
    """One picture: in a post, in the place where somebody is still writing, or about to be erased.
    Whose it is never leaves this table: a post may be without a name.
    """

    __tablename__ = "picture"
    id: Mapped[UUID] = key()
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    place: Mapped[str | None]  # the key of a rules.drafts.Place, until it is sent
    thread_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("thread.id", ondelete="CASCADE"), index=True
    )  # of that place
    post_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("post.id", ondelete="CASCADE"), index=True
    )  # it is in, or that is being changed
    words: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    weight: Mapped[int]  # of its bytes
    added_at: Mapped[datetime]
    erase_at: Mapped[datetime | None] = mapped_column(index=True)  # None while it is in a post
    taken_out_at: Mapped[datetime | None]  # by a press of theirs: it can be put back until then
    press_id: Mapped[UUID | None]  # of the press that sent it, so that a second one is known
    __table_args__ = (
        Index("ix_picture_account_place", "account_id", "place"),
        UniqueConstraint("account_id", "press_id"),
        CheckConstraint(
            "erase_at IS NOT NULL OR (post_id IS NOT NULL AND place IS NULL)", name="in_a_post"
        ),
    )


class PictureFile(Base):
    """What is shown of it, drawn anew by us. No page’s statement reads this table."""

    __tablename__ = "picture_file"
    picture_id: Mapped[UUID] = mapped_column(
        ForeignKey("picture.id", ondelete="CASCADE"), primary_key=True
    )
    small: Mapped[bytes] = mapped_column(LargeBinary)
    large: Mapped[bytes | None] = mapped_column(LargeBinary)


keep_no_samples(Picture, "words")
keep_no_samples(PictureFile, "small", "large")
