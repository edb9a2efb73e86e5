"""What is typed to ask for an opinion, and to give one."""

from flask_babel import lazy_gettext as _

from community.core.forms import Form, Words
from community.moderation.rules.case import WORDS_MOST


class AskForm(Form):
    """Words are never needed."""

    words = Words(
        _("What would you like to know?"),
        None,
        WORDS_MOST,
        description=_("You don’t have to say anything. Only those who decide read it."),
    )


class OpinionForm(Form):
    """What somebody thinks."""

    words = Words(
        _("What do you think?"),
        _("Say what you think, in a few words."),
        WORDS_MOST,
        description=_("Only those who decide read it. It decides nothing."),
    )
