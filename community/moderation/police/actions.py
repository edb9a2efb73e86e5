"""Writing down whether the police were told. The record alone keeps it, and it can’t be changed."""

from datetime import datetime
from uuid import UUID

from community.core.actor import Actor
from community.moderation import queries
from community.moderation.actions import locked_item, write_down
from community.moderation.cases import case_of
from community.moderation.police.queries import written_about
from community.moderation.police.rules import PoliceStep, may_write_down


def write(actor: Actor, item_id: UUID, step: PoliceStep, *, now: datetime) -> None:
    """In the record, once. The item is locked, so that two presses make one."""
    item, _ = locked_item(item_id)
    case = case_of(item, now)
    reasons = [report.reason for report in queries.reports_of(item_id)]
    written = [each.step for each in written_about(item_id)]
    may_write_down(actor, case, step, reasons, written, now).require()
    scope = case.acted_for(actor, now)
    write_down(actor, item, scope, step.value, "open", "open", item.reason, now)
