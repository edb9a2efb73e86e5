"""Seals. They are only ever added to, as what they seal."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DDL, CheckConstraint, event
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, key
from community.moderation.models import append_only


class RecordSeal(Base):
    """Over every decision and every act up to these ids. An anchor also says that what was sealed
    by an earlier one is forgotten, and holds a digest of what of it is kept."""

    __tablename__ = "record_seal"
    id: Mapped[UUID] = key()
    number: Mapped[int] = mapped_column(unique=True)
    last_event: Mapped[UUID | None]
    last_decision: Mapped[UUID | None]
    digest: Mapped[str]
    sealed_at: Mapped[datetime]
    forgot: Mapped[int | None]  # the number of the last seal of which rows are forgotten
    kept: Mapped[str | None]
    __table_args__ = (
        CheckConstraint("(forgot IS NULL) = (kept IS NULL)", name="anchored_whole"),
        CheckConstraint("forgot < number", name="forgets_what_was"),
    )


for _dialect, _statements in append_only(RecordSeal.__tablename__).items():
    for _statement in _statements:
        _ddl = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(RecordSeal.__table__, "after_create", _ddl.execute_if(dialect=_dialect))
