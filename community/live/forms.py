"""What was chosen in the lobby, and what was written before it."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice

from community.core.forms import Form, Words
from community.live.rules.prepared import LONGEST_SHARE
from community.live.rules.room import Spot, Way


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
    spot = RadioField(
        _("When would you like your turn?"),
        choices=[
            SelectChoice(Spot.EARLY.value, _("Early")),
            SelectChoice(Spot.ANY.value, _("Any time")),
            SelectChoice(Spot.LATE.value, _("Late")),
        ],
        default=Spot.ANY.value,
        description=_("The order is made with it. It isn’t a promise, and nobody else is told."),
    )
    interprets = BooleanField(
        _("I’m here to interpret for somebody"),
        description=_(
            "Sign, another language, or as their voice. You take a seat and no turn. Once they "
            "say in the circle that you interpret for them, everybody sees that, and your "
            "microphone can be on in their turns."
        ),
    )
    without_sound = BooleanField(
        _("Without sound: the others learn nothing about my network"),
        description=_(
            "Your browser connects to nobody’s. You hear nobody, and nobody hears you. You read "
            "and type, and captions come too. You can change this in the circle."
        ),
    )
    shows_card = BooleanField(_("Show my card"), default=True)
    captions = BooleanField(_("Show captions"))


class ShareForm(Form):
    """A share for one's own turn."""

    words = Words(
        _("What I’d like to share"),
        _("Write a few words first. What you kept before is still there."),
        LONGEST_SHARE,
        description=_("There’s no minimum. About two minutes, read aloud, is a page or less."),
    )
    how = RadioField(
        _("How would you like the others to have it?"),
        choices=[
            SelectChoice("show", _("Show it")),
            SelectChoice("aloud", _("Read it aloud for me")),
        ],
        default="show",
        description=_("Read aloud, it’s shown as well: some devices have no voice of their own."),
    )
