"""What was chosen in the lobby."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice

from community.core.forms import Form
from community.live.rules.room import Way


class JoinForm(Form):
    """How somebody comes in today."""

    way = RadioField(
        _l("How would you like to join?"),
        choices=[
            SelectChoice(Way.VOICE.value, _l("Voice")),
            SelectChoice(Way.TEXT.value, _l("Text only")),
            SelectChoice(Way.LISTEN.value, _l("Listen only")),
        ],
        default=Way.VOICE.value,
        description=_l("All three are full places in the circle. You can change this later."),
    )
    shows_card = BooleanField(_l("Show my card"), default=True)
