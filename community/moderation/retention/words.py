"""Taking words out of what stays: that somebody wrote something is kept, and not what."""

from collections.abc import Collection, Mapping
from types import MappingProxyType
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, CursorResult, Select, func, update
from sqlalchemy.orm import InstrumentedAttribute

from community.core.db import db
from community.core.locked import EMPTY
from community.moderation.appeals.models import Appeal
from community.moderation.models import Report
from community.moderation.opinions.models import SecondOpinion
from community.moderation.sanctions.models import SanctionProposal
from community.moderation.unmasking.models import Unmasking

Column = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]

ERASED = "–"
"""What stands where words were of which it counts that somebody wrote them."""

OF_REPORTS: Mapping[Column, str] = MappingProxyType({Report.words: "", Report.law: ""})
OF_OPINIONS: Mapping[Column, str] = MappingProxyType(
    {SecondOpinion.question: ERASED, SecondOpinion.opinion: ERASED}
)
OF_APPEALS: Mapping[Column, str] = MappingProxyType({Appeal.words: "", Appeal.answer: ERASED})
OF_STEPS: Mapping[Column, str] = MappingProxyType(
    {
        SanctionProposal.why: ERASED,
        SanctionProposal.note: "",
        SanctionProposal.answer: "",
        Unmasking.why: ERASED,
    }
)
"""Each with what stands there afterwards."""

ABOUT_SOMEBODY = (OF_REPORTS, OF_OPINIONS, OF_APPEALS)
"""What others wrote about whoever an item is about, in rows that stay without them."""

_ALREADY = (EMPTY, EMPTY + len(ERASED.encode()))


def erase(columns: Collection[Mapping[Column, str]], items: Select[UUID]) -> bool:
    """What was written there about these items. Whether there was anything."""
    each = [pair for some in columns for pair in some.items()]
    gone = [erase_where(*pair, pair[0].class_.item_id.in_(items)) for pair in each]
    return any(gone)


def erase_where(column: Column, instead: str, which: ColumnElement[bool]) -> bool:
    """The same in one column, of these rows."""
    says = func.length(column).not_in(_ALREADY)
    statement = update(column.class_).where(says, which).values({column: instead})
    statement = statement.execution_options(synchronize_session=False)
    return cast("CursorResult[Any]", db.session.execute(statement)).rowcount > 0
