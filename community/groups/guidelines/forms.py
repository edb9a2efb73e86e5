"""What an owner types. Shape only."""

from flask_babel import lazy_gettext as _

from community.core.forms import Form, Line, Words
from community.groups.guidelines.rules import TITLE_MOST, WORDS_MOST


class OwnForm(Form):
    """One guideline of a group."""

    title = Line(
        _("What do you ask for?"),
        _("Say in a few words what you ask for"),
        TITLE_MOST,
        description=_("Like: Cameras stay off."),
    )
    words = Words(
        _("And a little more about it"),
        _("Write a sentence or two about it"),
        WORDS_MOST,
        description=_("When it counts, and why. Whoever wants to join reads it too."),
    )
