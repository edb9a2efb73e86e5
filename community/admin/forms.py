"""What an admin types. Shape only."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

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
