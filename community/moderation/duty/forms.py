"""What is chosen to say that one is looking."""

from datetime import UTC, datetime, timedelta

from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField

from community.core.forms import Form
from community.core.when import clock
from community.moderation.duty.rules import begins, lengths

HOUR = timedelta(hours=1)


class DutyForm(Form):
    """From when, and for how long."""

    begins = SelectField(_("From when?"))
    minutes = SelectField(_("For how long?"), default="60")

    def offer(self, now: datetime) -> None:
        """Say what there is to choose from, in the reader’s own time."""
        later = [(each.isoformat(), clock(each)) for each in begins(now)]
        self.begins.choices = [("now", gettext("Now")), *later]
        self.minutes.choices = [
            (str(each // timedelta(minutes=1)), _long(each)) for each in lengths()
        ]

    def chosen(self, now: datetime) -> tuple[datetime, timedelta]:
        """What was chosen."""
        begins_at = self.begins.data
        at = now if begins_at == "now" else datetime.fromisoformat(begins_at).astimezone(UTC)
        return at, timedelta(minutes=int(self.minutes.data))


def _long(span: timedelta) -> str:
    hours, rest = divmod(span, HOUR)
    minutes = rest // timedelta(minutes=1)
    words = [
        ngettext("%(num)d hour", "%(num)d hours", hours) if hours else "",
        gettext("%(num)d minutes", num=minutes) if minutes else "",
    ]
    return " ".join(each for each in words if each)
