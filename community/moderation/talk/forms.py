"""What is typed to talk something over."""

from flask_babel import lazy_gettext as _

from community.core.forms import Form, Words
from community.moderation.talk.rules import WORDS_MOST


class TalkForm(Form):
    """A few words, if there are any."""

    words = Words(
        _("What would you like to talk about? Leave it empty if you like"),
        None,
        WORDS_MOST,
        id="talk-words",
        description=_("About what it did to you, without names and without the words."),
    )
