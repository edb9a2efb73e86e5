"""What is typed to schedule or change a call."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SubmitField,
    TimeField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from community.calls.queries import CallPage
from community.calls.rules.call import (
    FORMATS,
    LANGUAGES,
    LEAST_MINUTES,
    LEAST_SEATS,
    MOST_MINUTES,
    MOST_SEATS_IN_A_GATHERING,
    USUAL_GUIDE,
    USUAL_LANGUAGE,
    USUAL_MINUTES,
    USUAL_SEATS,
    Format,
    Plan,
    may_be_carried,
    most_seats,
)
from community.calls.rules.seats import may_have_seats
from community.calls.rules.series import (
    MOST_TIMES,
    Every,
    Rhythm,
    Scope,
    last_of,
    may_begin_on,
    may_change_pace,
    may_end,
    rhythm_from,
)
from community.calls.rules.times import NO_SUCH_HOUR, at_wall_time, may_be_at, may_be_on
from community.core.forms import Form, Line, Words
from community.core.media import MESH, Ceilings
from community.core.verdict import Verdict
from community.core.when import day as in_words
from community.dystonia.topics import all_topics
from community.groups.queries import Member

OPENS = {
    None: _("At once"),
    1: _("From one day before"),
    3: _("From three days before"),
    7: _("From one week before"),
    14: _("From two weeks before"),
    28: _("From four weeks before"),
}
AGAIN = {
    Every.WEEK: _("Every week"),
    Every.TWO_WEEKS: _("Every two weeks"),
    Every.MONTH: _("Every month, on the same weekday, like the second Tuesday"),
    Every.MONTH_LAST: _("Every month, on the last, like the last Tuesday"),
}
SCOPES = {
    Scope.ONE: _("Only this one"),
    Scope.FOLLOWING: _("This one and all that follow"),
    Scope.ALL: _("All that are to come"),
}


def _scopes(scopes: Sequence[Scope]) -> list[SelectChoice]:
    return [SelectChoice(scope.value, SCOPES[scope]) for scope in scopes]


def _numbers(numbers: Iterable[int]) -> list[SelectChoice]:
    return [SelectChoice(str(number)) for number in numbers]


class EditCallForm(Form):
    """A call. The date and the hour are on the clocks of `zone`."""

    title = Line(
        _("Title"), _("Enter a title, like Neck circle"), 80, description=_("A few plain words.")
    )
    topic = SelectField(
        _("Topic"),
        choices=lambda: [
            SelectChoice("", _("No topic in particular")),
            *(SelectChoice(topic.slug, _(topic.name)) for topic in all_topics()),
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
    opens_days = SelectField(
        _("When can people sign up?"),
        choices=[SelectChoice(str(days or ""), words) for days, words in OPENS.items()],
        coerce=lambda days: int(days) if days else None,
    )
    listeners = BooleanField(
        _("Listeners are welcome"),
        default=True,
        description=_("They take a seat, and no turn."),
    )
    language = SelectField(
        _("Language"),
        choices=[SelectChoice(code, _(name)) for code, name in LANGUAGES.items()],
        default=USUAL_LANGUAGE,
    )
    format = SelectField(
        _("How do people take part?"),
        coerce=Format,
        default=Format.ANY,
        description=_("It’s said beforehand. In the circle every way of taking a turn is open."),
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

    scope = RadioField(_("Which calls do you want to change?"), coerce=Scope)
    confirmed = SubmitField()
    back = SubmitField()

    def __init__(
        self,
        *,
        zone: str,
        now: datetime,
        taken: int = 0,
        for_two: bool = False,
        ceilings: Ceilings = MESH,
        scopes: Sequence[Scope] = (Scope.ONE,),
        **more: Any,
    ) -> None:
        self.zone, self.now, self.ceilings = zone, now, ceilings
        self.taken, self.for_two = taken, for_two
        super().__init__(**more)
        self._offer_gatherings()
        self.scope.choices = _scopes(scopes)
        self.scope.data = self.scope.data or scopes[0]  # this one alone, if they can choose
        self.hour.description = gettext(
            "On the clocks of %(place)s. Everybody else sees their own time.",
            place=zone.rpartition("/")[2].replace("_", " "),
        )

    def _offer_gatherings(self) -> None:
        """Where the media carry them; and where it is one already, so that it can become another
        call."""
        gathers = self.ceilings.gathering or Format.GATHERING in (
            self.format.data,
            self.format.object_data,
        )
        self.format.choices = [
            SelectChoice(each.value, _(words))
            for each, words in FORMATS.items()
            if gathers or each is not Format.GATHERING
        ]
        most = most_seats(Format.ANY, for_two=self.for_two)
        seats = [*range(LEAST_SEATS, most + 1)]
        if gathers:
            seats += range(20, MOST_SEATS_IN_A_GATHERING + 1, 10)
            self.seats.description = gettext(
                "How many people can sign up, in a circle up to %(most)s. Facilitators don’t need "
                "a seat.",
                most=most,
            )
        enough = {seat for seat in seats if seat >= self.taken} | {self.seats.object_data}
        self.seats.choices = _numbers(sorted(enough))

    @classmethod
    def of(
        cls, call: CallPage, now: datetime, scopes: Sequence[Scope], ceilings: Ceilings
    ) -> "EditCallForm":
        """The call as it is, by the clocks it was scheduled by."""
        start = call.starts_at.astimezone(ZoneInfo(call.zone))
        return cls(
            zone=call.zone,
            now=now,
            taken=call.taken,
            for_two=call.co_facilitator_id is not None,
            ceilings=ceilings,
            scopes=scopes,
            obj=call,
            day=start.date(),
            hour=start.time(),
        )

    def validate_day(self, field: DateField) -> None:
        _tell(may_be_on(field.data, self.now))

    def validate_hour(self, field: TimeField) -> None:
        """The same verdicts that the action asks for, beside the field."""
        if self.day.errors:
            return
        starts_at = at_wall_time(self.day.data, field.data, self.zone)
        if starts_at is None:
            raise ValidationError(gettext(NO_SUCH_HOUR.text))
        _tell(may_be_at(starts_at, self.now))

    def validate_seats(self, field: SelectField) -> None:
        most = most_seats(self.format.data, for_two=self.for_two)
        _tell(may_have_seats(field.data, self.taken, most))

    def validate_format(self, field: SelectField) -> None:
        _tell(may_be_carried(field.data, self.ceilings))

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
            listeners=self.listeners.data or self.format.data is Format.GATHERING,
            opens_days=self.opens_days.data,
            language=self.language.data,
            format=self.format.data,
        )

    def finds(self, verdict: Verdict) -> bool:
        """Whether that may be; if not, why, beside the choice of calls."""
        if verdict.reason:
            self.scope.errors = [gettext(verdict.reason.text)]
        return bool(verdict)


class NewCallForm(EditCallForm):
    """A new call, in one of the groups where this person may schedule one."""

    group = SelectField(_("Group"), coerce=lambda value: UUID(str(value)))
    again = SelectField(
        _("Does it come again?"),
        choices=[
            SelectChoice("", _("No")),
            *(SelectChoice(every.value, words) for every, words in AGAIN.items()),
        ],
        coerce=lambda every: Every(every) if every else None,
    )
    last = DateField(
        _("Its last day"),
        [Optional()],
        description=_("If it comes again. Without one it goes on until you end it."),
    )
    times = IntegerField(
        _("Or how many times"),
        [Optional(), NumberRange(1, MOST_TIMES, _("Enter a number from 1 to 100"))],
        description=_("If it comes again, and instead of a last day."),
    )
    as_draft = SubmitField(_("Keep as a draft"))

    def __init__(self, groups: Mapping[UUID, str], **more: Any) -> None:
        super().__init__(**more)
        self.group.choices = [SelectChoice(str(key), name) for key, name in groups.items()]

    def validate_again(self, field: SelectField) -> None:
        if field.data and not self.day.errors:
            _tell(may_begin_on(field.data, self.day.data))

    def validate_last(self, field: DateField) -> None:
        if self.again.data and not self.day.errors:
            _tell(may_end(self.day.data, field.data, self.times.data))

    def rhythm(self) -> Rhythm | None:
        """How it comes again, if it does. Only of a form that was found in order."""
        if self.again.data is None:
            return None
        rhythm = rhythm_from(self.again.data, self.day.data, self.hour.data, self.zone)
        last = last_of(rhythm, self.times.data) if self.times.data else self.last.data
        return replace(rhythm, last=last)


def _tell(verdict: Verdict) -> None:
    """The same verdict that an action asks for, beside the field."""
    if verdict.reason:
        raise ValidationError(gettext(verdict.reason.text))


class CancelForm(Form):
    """Which calls of a series won’t happen."""

    scope = RadioField(_("Which calls won’t happen?"), coerce=Scope, default=Scope.ONE)

    def __init__(self, scopes: Sequence[Scope], **more: Any) -> None:
        super().__init__(**more)
        self.scope.choices = _scopes(scopes)


class PaceForm(Form):
    """How often calls come again, from which date on."""

    every = RadioField(
        _("How often do they come?"),
        choices=[SelectChoice(every.value, words) for every, words in AGAIN.items()],
        coerce=Every,
    )
    since = SelectField(_("From which date on?"), coerce=date.fromisoformat)
    confirmed = SubmitField()
    back = SubmitField()

    def __init__(self, rhythm: Rhythm, days: Sequence[date], **more: Any) -> None:
        self.rhythm = rhythm
        super().__init__(every=rhythm.every, **more)
        self.since.choices = [SelectChoice(day.isoformat(), in_words(day)) for day in days]

    def validate_every(self, field: RadioField) -> None:
        """The same verdict that the action asks for."""
        if self.since.data:
            _tell(may_change_pace(self.rhythm, field.data, self.since.data))


class SkipForm(Form):
    """A day of a series without a call."""

    day = DateField(validators=[DataRequired()])


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

    def __init__(
        self,
        people: Sequence[Member],
        *,
        away: Collection[UUID] = (),
        busy: Collection[UUID] = (),
        **more: Any,
    ) -> None:
        super().__init__(**more)
        self.whom.choices = [SelectChoice(str(person.id), person.name) for person in people]
        self.away, self.busy = away, busy

    @property
    def notes(self) -> dict[str, str]:
        """What is in the way of whom, to stand beside their names. They can be asked all the
        same."""
        notes = {str(who): gettext("They have a day off then.") for who in self.away}
        for who in map(str, self.busy):
            holds = gettext("They hold another call then.")
            notes[who] = f"{notes[who]} {holds}" if who in notes else holds
        return notes
