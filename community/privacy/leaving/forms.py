"""What somebody chooses who leaves for good."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from community.core.forms import Form
from community.threads.parting.rules import Words


class LeaveForm(Form):
    """What becomes of what they wrote, and when."""

    words = RadioField(
        _("What you wrote in threads"),
        coerce=Words,
        default=Words.ERASED,
        choices=[
            SelectChoice(
                Words.ERASED.value,
                _("Erase my words. In their place stands that somebody who has left took it back"),
            ),
            SelectChoice(
                Words.STAY.value, _("Let my words stay for others to read, without my name")
            ),
        ],
    )
    when = RadioField(
        _("When"),
        default="later",
        choices=[
            SelectChoice("later", _("In 14 days. Until then one press undoes it")),
            SelectChoice("now", _("Now. It can’t be undone")),
        ],
    )
