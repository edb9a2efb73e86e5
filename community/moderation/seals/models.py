"""Seals. They are only ever added to, as what they seal."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import DDL, event
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, key
from community.moderation.models import append_only


class RecordSeal(Base):
    """Over every decision and every act up to these ids."""

    __tablename__ = "record_seal"
    id: Mapped[UUID] = key()
    number: Mapped[int] = mapped_column(unique=True)
    last_event: Mapped[UUID | None]
    last_decision: Mapped[UUID | None]
    digest: Mapped[str]
    sealed_at: Mapped[datetime]


for _dialect, _statements in append_only(RecordSeal.__tablename__).items():
    for _statement in _statements:
        _ddl = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(RecordSeal.__table__, "after_create", _ddl.execute_if(dialect=_dialect))
