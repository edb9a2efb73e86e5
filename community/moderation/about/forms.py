"""What is typed to note something about a person."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired

from community.core.forms import Form, Words
from community.moderation.about.rules import LENGTHS, REMARK_MOST, USUAL


class RemarkForm(Form):
    """Words, and for how long they are kept."""

    words = Words(
        _("A note about them"),
        _("Say what would help, in a few words."),
        REMARK_MOST,
        description=_(
            "Only what would help whoever decides next. The person it’s about can read it in their "
            "own file."
        ),
    )
    days = RadioField(
        _("How long is it kept?"),
        choices=[SelectChoice(str(days), _("%(num)d days", num=days)) for days in LENGTHS],
        default=str(USUAL),
        validators=[DataRequired(_("Choose how long."))],
    )
