"""What somebody looks for among the calls, and the days on which they would rather hold none."""

from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, DateField, SelectField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from community.calls.rules.days_off import may_be_off
from community.calls.rules.listing import TimeOfDay, Wish
from community.core.forms import Form
from community.dystonia.topics import all_topics
from community.dystonia.topics import topic as topic_of


class WishForm(Form):
    """By topic, by time of day, only where a seat is free. It stands in the address, and what it
    doesn’t know is no wish."""

    class Meta:
        csrf = False

    topic = SelectField(
        _("Topic"),
        choices=lambda: [
            SelectChoice("", _("All topics")),
            *(SelectChoice(topic.slug, _(topic.name)) for topic in all_topics()),
        ],
    )
    time = SelectField(
        _("Time of day"),
        choices=[
            SelectChoice("", _("Any time")),
            SelectChoice(TimeOfDay.MORNING, _("Morning, from 5 am")),
            SelectChoice(TimeOfDay.AFTERNOON, _("Afternoon, from noon")),
            SelectChoice(TimeOfDay.EVENING, _("Evening, from 5 pm")),
            SelectChoice(TimeOfDay.NIGHT, _("Night, from 10 pm")),
        ],
    )
    free = BooleanField(_("Only with a free seat"))

    @property
    def wish(self) -> Wish:
        topic, time = self.topic.data, self.time.data
        return Wish(
            topic=topic if topic_of(topic or "") else None,
            time=TimeOfDay(time) if time in set(TimeOfDay) else None,
            only_free=self.free.data,
        )

    @property
    def asked(self) -> dict[str, str]:
        """The wish as it stands in an address."""
        wish = self.wish
        every = {"topic": wish.topic, "time": wish.time, "free": "y" if wish.only_free else None}
        return {name: value for name, value in every.items() if value is not None}


class DaysOffForm(Form):
    """From one day to another, both of them too."""

    first = DateField(
        _("First day"), [DataRequired(_("Enter the first day, like 24 November 2026"))]
    )
    last = DateField(
        _("Last day"),
        [DataRequired(_("Enter the last day, like 24 November 2026"))],
        description=_("For one day, enter the same date twice."),
    )

    def __init__(self, *, today: date, **more: Any) -> None:
        self.today = today
        super().__init__(**more)

    def validate_last(self, field: DateField) -> None:
        """The same verdict that the action asks for, beside the field."""
        if self.first.data and (
            reason := may_be_off(self.first.data, field.data, self.today).reason
        ):
            raise ValidationError(gettext(reason.text))
