"""What is typed to schedule or change a call."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import DateField, RadioField, SelectField, SubmitField, TimeField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from community.calls.queries import CallPage
from community.calls.rules.call import (
    LEAST_MINUTES,
    LEAST_SEATS,
    MOST_MINUTES,
    MOST_SEATS,
    USUAL_GUIDE,
    USUAL_MINUTES,
    USUAL_SEATS,
    Plan,
    most_seats,
)
from community.calls.rules.times import NO_SUCH_HOUR, at_wall_time, may_be_at
from community.core.forms import Form, Line, Words
from community.dystonia.topics import TOPICS
from community.groups.queries import Member


def _numbers(numbers: range) -> list[SelectChoice]:
    return [SelectChoice(str(number)) for number in numbers]


class EditCallForm(Form):
    """A call. The date and the hour are on the clocks of `zone`."""

    title = Line(
        _("Title"), _("Enter a title, like Neck circle"), 80, description=_("A few plain words.")
    )
    topic = SelectField(
        _("Topic"),
        choices=[
            SelectChoice("", _("No topic in particular")),
            *(SelectChoice(topic.slug, _(topic.name)) for topic in TOPICS),
        ],
        coerce=lambda slug: slug or None,
    )
    day = DateField(_("Date"), [DataRequired(_("Enter a date, like 24 November 2026"))])
    hour = TimeField(_("Start"), [DataRequired(_("Enter a time, like 6:30 pm"))])
    minutes = SelectField(
        _("Length in minutes"),
        choices=_numbers(range(LEAST_MINUTES, MOST_MINUTES + 1, 5)),
        coerce=int,
        default=USUAL_MINUTES,
    )
    seats = SelectField(
        _("Seats"),
        coerce=int,
        default=USUAL_SEATS,
        description=_("How many people can sign up. Facilitators don’t need a seat."),
    )
    about = Words(
        _("What we’ll share about"), None, 1000, description=_("A question or a theme. Optional.")
    )
    happens = Words(
        _("What will happen"),
        None,
        2000,
        description=_("Only what differs from other circles. Optional."),
    )
    guide = Line(
        _("Guide for the length of a turn"),
        _("Enter how long a turn is, in words"),
        120,
        default=_(USUAL_GUIDE),
        description=_("Words, not a clock. Nothing counts down."),
    )

    def __init__(
        self,
        *,
        zone: str,
        now: datetime,
        least: int = LEAST_SEATS,
        most: int = MOST_SEATS,
        **more: Any,
    ) -> None:
        self.zone, self.now = zone, now
        super().__init__(**more)
        self.seats.choices = _numbers(range(least, most + 1))
        self.hour.description = gettext(
            "On the clocks of %(place)s. Everybody else sees their own time.",
            place=zone.rpartition("/")[2].replace("_", " "),
        )

    @classmethod
    def of(cls, call: CallPage, now: datetime) -> "EditCallForm":
        """The call as it is, by the clocks it was scheduled by."""
        start = call.starts_at.astimezone(ZoneInfo(call.zone))
        least = max(LEAST_SEATS, call.taken)
        return cls(
            zone=call.zone,
            now=now,
            least=least,
            most=most_seats(call),
            obj=call,
            day=start.date(),
            hour=start.time(),
        )

    def validate_hour(self, field: TimeField) -> None:
        """The same verdicts that the action asks for, beside the field."""
        if self.day.data is None:
            return
        starts_at = at_wall_time(self.day.data, field.data, self.zone)
        if starts_at is None:
            raise ValidationError(gettext(NO_SUCH_HOUR.text))
        if reason := may_be_at(starts_at, self.now).reason:
            raise ValidationError(gettext(reason.text))

    def plan(self) -> Plan:
        """The call as wished. Only of a form that was found in order."""
        starts_at = at_wall_time(self.day.data, self.hour.data, self.zone)
        assert starts_at is not None
        return Plan(
            title=self.title.data,
            starts_at=starts_at,
            topic=self.topic.data,
            about=self.about.data,
            happens=self.happens.data,
            guide=self.guide.data,
            minutes=self.minutes.data,
            seats=self.seats.data,
        )


class NewCallForm(EditCallForm):
    """A new call, in one of the groups where this person may schedule one."""

    group = SelectField(_("Group"), coerce=lambda value: UUID(str(value)))
    as_draft = SubmitField(_("Keep as a draft"))

    def __init__(self, groups: Mapping[UUID, str], **more: Any) -> None:
        super().__init__(**more)
        self.group.choices = [SelectChoice(str(key), name) for key, name in groups.items()]


class TemplateForm(Form):
    """A call to begin others from, by a name."""

    name = Line(
        _("A name for the template"),
        _("Enter a name, like Tuesday evenings"),
        60,
        description=_("The facilitators of the group see it."),
    )


class AskForm(Form):
    """Another facilitator of the group."""

    whom = RadioField(
        _("Who would you like to ask?"),
        coerce=UUID,
        validators=[InputRequired(_("Choose somebody"))],
    )

    def __init__(self, people: Sequence[Member], **more: Any) -> None:
        super().__init__(**more)
        self.whom.choices = [SelectChoice(str(person.id), person.name) for person in people]
