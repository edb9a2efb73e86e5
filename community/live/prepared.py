"""What somebody writes before a circle for their own turn. It is theirs alone until one press of
theirs gives it to the circle, and is deleted then, or when the call is over."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from community.calls.models import Call
from community.calls.rules.call import FINISHED
from community.core.actor import Actor
from community.core.db import db, locked
from community.core.verdict import Refused
from community.live import queries
from community.live.models import PreparedShare
from community.live.rules.prepared import may_prepare
from community.live.rules.reasons import NO_PREPARED


def keep(actor: Actor, call_id: UUID, words: str, *, aloud: bool, now: datetime) -> None:
    """Keep these words for one’s own turn, instead of the ones before."""
    locked(Call, call_id)  # nothing is kept for a call that ends just now
    may_prepare(actor, queries.place_in(actor, call_id)).require()
    row = db.session.get(PreparedShare, (call_id, actor.id)) or PreparedShare(
        call_id=call_id, account_id=actor.id
    )
    row.words, row.aloud, row.saved_at = words, aloud, now
    db.session.add(row)
    db.session.flush()


def throw_away(actor: Actor, call_id: UUID) -> None:
    """It is gone. Nothing there is gone as well."""
    queries.place_in(actor, call_id)  # refuses whoever may not know that there is such a call
    _delete(call_id, actor.id)


def take(account_id: UUID, call_id: UUID) -> str:
    """The words, which wait no more: whoever takes them gives them to the circle."""
    share = queries.prepared_in(call_id).get(account_id)
    if share is None:
        raise Refused(NO_PREPARED)
    _delete(call_id, account_id)
    return share.words


def forget(call_id: UUID) -> None:
    """The circle is over."""
    db.session.execute(delete(PreparedShare).where(PreparedShare.call_id == call_id))


def forget_finished() -> None:
    """Calls are cancelled, or end without a circle, too."""
    over = select(Call.id).where(Call.state.in_(FINISHED))
    db.session.execute(delete(PreparedShare).where(PreparedShare.call_id.in_(over)))


def _delete(call_id: UUID, account_id: UUID) -> None:
    db.session.execute(
        delete(PreparedShare).where(
            PreparedShare.call_id == call_id, PreparedShare.account_id == account_id
        )
    )
