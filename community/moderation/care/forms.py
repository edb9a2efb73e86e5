"""What is typed to point somebody to help."""

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import SelectField

from community.core.forms import Form, Words
from community.moderation.rules.case import WORDS_MOST
from community.safety.crisis import COUNTRIES


class HelpForm(Form):
    """Where they live, if we know; and words of one’s own, if there are any."""

    country = SelectField(
        _("Lines of which country?"), description=_("If you don’t know, leave it open.")
    )
    words = Words(
        _("A few words of your own"),
        None,
        WORDS_MOST,
        description=_("You don’t have to. Not why, and not who told us: that you thought of them."),
    )

    def offer(self) -> None:
        """Say what there is to choose from."""
        known = [(country.slug, gettext(country.name)) for country in COUNTRIES]
        self.country.choices = [("", gettext("I don’t know")), *known]
