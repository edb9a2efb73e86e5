"""What was typed to let a thread rest or go slowly, or to lock it."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from wtforms import HiddenField, RadioField
from wtforms.validators import DataRequired

from community.core.verdict import Refused
from community.groups.guidelines.rules import OwnRule
from community.threads.acts.forms import BecauseForm, was_sent
from community.threads.acts.rules import NOT_SEEN
from community.threads.pace.actions import Plan
from community.threads.pace.rules import DAYS, Gap, PaceKind


def seen_id(typed: str | None) -> UUID | None:
    """Which decision was in force on the page, if one was. `Refused` where it doesn’t say."""
    if typed is None:
        raise Refused(NOT_SEEN)
    try:
        return UUID(typed) if typed else None
    except ValueError:
        raise Refused(NOT_SEEN) from None


class PaceForm(BecauseForm):
    """Why, and what was in force on the page."""

    kind: PaceKind
    seen = HiddenField(validators=[was_sent])

    @property
    def plan(self) -> Plan:
        """What was chosen."""
        return Plan(self.kind, None, None, seen_id(self.seen.data))


class LockForm(PaceForm):
    """Why nobody writes until somebody opens it."""

    kind = PaceKind.LOCK


class PauseForm(PaceForm):
    """For how long nobody writes, and why."""

    kind = PaceKind.PAUSE
    days = RadioField(_("For how long?"), coerce=int, validators=[DataRequired(_("Choose one."))])

    def __init__(self, own: Mapping[str, OwnRule], *args: Any, **kwargs: Any) -> None:
        super().__init__(own, *args, **kwargs)
        self.days.choices = [(n, ngettext("%(num)d day", "%(num)d days", n)) for n in DAYS]

    @property
    def plan(self) -> Plan:
        """What was chosen."""
        return replace(super().plan, days=self.days.data, gap=self.chosen_gap)

    @property
    def chosen_gap(self) -> Gap | None:
        return None


class SlowForm(PauseForm):
    """The same, and how long somebody waits after each post of theirs."""

    kind = PaceKind.SLOW
    gap = RadioField(_("How slowly?"), validators=[DataRequired(_("Choose one."))])

    def __init__(self, own: Mapping[str, OwnRule], *args: Any, **kwargs: Any) -> None:
        super().__init__(own, *args, **kwargs)
        self.gap.choices = [(gap.value, gettext(gap.words)) for gap in Gap]

    @property
    def chosen_gap(self) -> Gap | None:
        return Gap(self.gap.data)


FORMS: dict[PaceKind, type[PaceForm]] = {
    PaceKind.PAUSE: PauseForm,
    PaceKind.SLOW: SlowForm,
    PaceKind.LOCK: LockForm,
}
