"""How somebody wants to be told, and when not. Shape only."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, TimeField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import StopValidation, ValidationError

from community.core.forms import Form, Ticks
from community.notifications.rules import USUAL_QUIET, News, Quiet, Ways, may_be_quiet

MAIL, BELL, PUSH = "mail", "bell", "push"


def _ways(label: Any, description: Any) -> Ticks:
    return Ticks(
        label,
        description=description,
        choices=[
            SelectChoice(MAIL, _("By e-mail")),
            SelectChoice(BELL, _("Under What’s new")),
            SelectChoice(PUSH, _("And on my devices")),
        ],
    )


class _WhileKept:
    """Something is needed here while the quiet hours are kept; otherwise nothing here matters."""

    def __init__(self, missing: Any) -> None:
        self.missing = missing

    def __call__(self, form: "ChoicesForm", field: TimeField) -> None:
        field.errors = []  # what the field has said so far, in words of its own
        if form.is_quiet.data and field.data is None:
            raise StopValidation(self.missing)


class ChoicesForm(Form):
    """The ways for each kind of news, whose field is named as it is; and the quiet hours."""

    calls = _ways(_("Your calls"), _("Your seat, a seat held for you, a new time."))
    day_before = _ways(_("A reminder the day before"), _("For each call you have a seat in."))
    hour_before = _ways(
        _("A reminder an hour before"),
        _("If that would be in your quiet hours, it comes before they begin."),
    )
    at_start = _ways(_("A reminder when it begins"), _("Also in your quiet hours."))
    day_after = _ways(
        _("A word the day after"),
        _("For each call you were in: a moment for how it landed, and who is there for you."),
    )
    groups = _ways(
        _("Your groups"),
        _("The answer when you ask to join a group or to open one, and what is about greeting."),
    )
    replies = _ways(
        _("Replies to you"),
        _("Somebody answers in a thread you started, answers you, or names you."),
    )
    weekly = _ways(
        _("Your week, each Monday morning"),
        _("Calls with a free seat, and whether there is news. Nothing, if there is nothing."),
    )
    followed = _ways(
        _("What you follow, once a day"),
        _("New replies in threads and topics where you chose “By e-mail, once a day”."),
    )
    is_quiet = BooleanField(_("Keep my quiet hours"))
    begins = TimeField(
        _("From"), [_WhileKept(_("Enter when your quiet hours begin, like 10:00 pm"))]
    )
    ends = TimeField(_("Until"), [_WhileKept(_("Enter when your quiet hours end, like 8:00 am"))])

    tells_devices = True

    @classmethod
    def of(
        cls, choices: Mapping[News, Ways], quiet: Quiet | None, *, tells_devices: bool
    ) -> "ChoicesForm":
        """As it is now. Without quiet hours the usual ones stand there, to be switched on. Where
        this site tells no devices, they aren’t offered."""
        hours = quiet or USUAL_QUIET
        form = cls(
            data={news: _ticks(ways) for news, ways in choices.items()}
            | {"is_quiet": quiet is not None, "begins": hours.begins, "ends": hours.ends}
        )
        form.tells_devices = tells_devices
        for news in () if tells_devices else News:
            form[news].choices = [each for each in form[news].choices if each.value != PUSH]
        return form

    def choices(self) -> dict[News, Ways]:
        """What was ticked. What devices tell of is under What’s new; and if ever this site tells
        devices, they begin with what is there."""
        push = PUSH if self.tells_devices else BELL
        ticked = {news: set(self[news].data) for news in News}
        return {
            news: Ways(MAIL in ways, bool(ways & {BELL, PUSH}), push in ways)
            for news, ways in ticked.items()
        }

    def quiet(self) -> Quiet | None:
        """The quiet hours, if they are kept."""
        return Quiet(self.begins.data, self.ends.data) if self.is_quiet.data else None

    def validate_ends(self, field: TimeField) -> None:
        """The same verdict that the action asks for, beside the field."""
        if self.is_quiet.data and self.begins.data is not None:
            reason = may_be_quiet(Quiet(self.begins.data, field.data)).reason
            if reason:
                raise ValidationError(gettext(reason.text))


def _ticks(ways: Ways) -> list[str]:
    chosen = ((MAIL, ways.by_mail), (BELL, ways.by_bell), (PUSH, ways.on_devices))
    return [way for way, is_chosen in chosen if is_chosen]
