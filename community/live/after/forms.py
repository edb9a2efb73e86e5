"""What is chosen and written after a circle."""

from flask_babel import lazy_gettext as _
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from community.core.forms import Form, Words
from community.live.rules.after import LONGEST_LINE, THREAD_DAYS, Landed


class LandedForm(Form):
    """Three buttons; the answer is kept nowhere."""

    how = RadioField(
        _("How did that land?"),
        choices=[
            SelectChoice(Landed.WELL.value, _("Well")),
            SelectChoice(Landed.MIXED.value, _("Mixed")),
            SelectChoice(Landed.NOT_WELL.value, _("Not well")),
        ],
        description=_("Only for you: nobody sees what you press, and it isn’t kept."),
    )


class AfterLineForm(Form):
    """A line to the facilitators who were there."""

    line = Words(
        _("A line to the facilitators"),
        _("Write a few words first."),
        LONGEST_LINE,
        description=_(
            "Only the facilitators of this call can read it. It’s erased after 30 days. They "
            "aren’t there at once: if you need somebody now, use the help above."
        ),
    )


class CircleThreadForm(Form):
    """For how long, and how it begins."""

    days = RadioField(
        _("For how many days?"),
        choices=[SelectChoice(str(days), _("%(days)s days", days=days)) for days in THREAD_DAYS],
        default=str(THREAD_DAYS[0]),
        description=_("Then it’s erased, with every word in it."),
    )
    opening = Words(_("How it begins"), _("Write a few words to begin with."), 10_000)
