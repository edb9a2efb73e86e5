"""Tags that became topics."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from community.core.db import Base, by_value
from community.dystonia.topics import Kind


class PromotedTopic(Base):
    """A topic that was a tag, and keeps its slug for ever. The words it carries can change."""

    __tablename__ = "promoted_topic"
    slug: Mapped[str] = mapped_column(primary_key=True)  # of community.dystonia.tags
    name: Mapped[str]
    kind: Mapped[Kind] = mapped_column(by_value(Kind))
    words: Mapped[str]
    synonyms: Mapped[list[str]] = mapped_column(JSON)
    near: Mapped[list[str]] = mapped_column(JSON, default=list)  # slugs of topics
    version: Mapped[int] = mapped_column(default=1)
    since: Mapped[datetime]
    __table_args__ = (CheckConstraint("version >= 1", name="version_from_one"),)
