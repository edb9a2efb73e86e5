"""What an admin types. Shape only."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from community.accounts.locks.rules import DAYS, LockReason
from community.core.actor import Staff
from community.core.forms import Form, Line


class StaffForm(Form):
    """A member, and what they are to do."""

    email = Line(
        _("Their e-mail address"),
        _("Enter an e-mail address, like name@example.com"),
        254,
        description=_("The one they sign in with. They need to be a member already."),
    )
    role = RadioField(
        _("What they do"),
        choices=[
            SelectChoice(Staff.PLATFORM_MODERATOR, _("Moderator of the site")),
            SelectChoice(Staff.SAFETY_LEAD, _("Safety lead")),
            SelectChoice(Staff.ADMIN, _("Admin")),
        ],
        coerce=Staff,
        validators=[InputRequired(_("Choose what they do"))],
        validate_choice=False,
    )


LENGTHS = {1: _("1 day"), 3: _("3 days"), 7: _("7 days"), 14: _("14 days")}


def one_of_days(typed: str | int) -> int:
    """How long an account can be locked for."""
    if int(typed) not in DAYS:
        raise ValueError(typed)
    return int(typed)


class LockForm(Form):
    """An account, why nobody comes in by it, and for how long."""

    email = Line(
        _("Their e-mail address"),
        _("Enter an e-mail address, like name@example.com"),
        254,
        description=_("The one they sign in with."),
    )
    reason = RadioField(
        _("Why"),
        choices=[SelectChoice(each, _(each.words)) for each in LockReason],
        coerce=LockReason,
        validators=[InputRequired(_("Choose why"))],
        validate_choice=False,
    )
    days = RadioField(
        _("For how long"),
        choices=[SelectChoice(each, LENGTHS[each]) for each in DAYS],
        coerce=one_of_days,
        validators=[InputRequired(_("Choose for how long"))],
        validate_choice=False,
    )
