"""How somebody wants to be told. Shape only."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.fields.choices import SelectChoice

from community.core.forms import Form, Ticks

MAIL, BELL = "mail", "bell"


def _ways(label: Any, description: Any) -> Ticks:
    return Ticks(
        label,
        description=description,
        choices=[
            SelectChoice(MAIL, _("By e-mail")),
            SelectChoice(BELL, _("Under What’s new")),
        ],
    )


class ChoicesForm(Form):
    """Two ways for each kind of news. A field is named as its kind of news is."""

    calls = _ways(_("Your calls"), _("Your seat, a seat held for you, a new time."))
    groups = _ways(_("Your groups"), _("The answer when you ask to join a group or to open one."))
    replies = _ways(_("Replies to you"), _("Somebody answers in a thread you started."))
