"""What was chosen in the lobby."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice

from community.core.forms import Form
from community.live.rules.room import Way


class JoinForm(Form):
    """How somebody comes in today."""

    way = RadioField(
        _("How would you like to join?"),
        choices=[
            SelectChoice(Way.VOICE.value, _("Voice")),
            SelectChoice(Way.TEXT.value, _("Text only")),
            SelectChoice(Way.LISTEN.value, _("Listen only")),
        ],
        default=Way.VOICE.value,
        description=_("All three are full places in the circle. You can change this later."),
    )
    shows_card = BooleanField(_("Show my card"), default=True)
