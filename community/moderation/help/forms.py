"""What is typed to tell a moderator, and to answer."""

from flask_babel import lazy_gettext as _
from wtforms import BooleanField

from community.core.forms import Form, Words
from community.moderation.care.forms import HelpForm
from community.moderation.help.rules import WORDS_MOST


class TellForm(Form):
    """A few words, if there are any, and who isn’t to read them."""

    words = Words(
        _("What would you like them to know?"),
        None,
        WORDS_MOST,
        description=_("You don’t have to say anything. A name, a sentence, or nothing."),
    )
    about_moderator = BooleanField(
        _("It’s about somebody who looks after this group"),
        description=_("Then only those who look after the whole site read it."),
    )


class WriteForm(HelpForm):
    """A letter to whoever asked."""

    words = Words(
        _("What would you like to tell them?"),
        _("Write a few words to them."),
        WORDS_MOST,
        description=_("As a person, in a few words. It goes by letter and to their bell."),
    )
