"""What the library of our forms would say is said as we say things."""

import pytest
from flask import Flask
from wtforms import DateField, Field, IntegerField, RadioField, SelectChoice, TimeField
from wtforms.validators import Optional

from community.core.forms import CHOOSE, Form, Ticks


class Slips(Form):
    one = RadioField(choices=[SelectChoice("1", "One")])
    number = RadioField(choices=[SelectChoice(1, "One")], coerce=int)
    some = Ticks(choices=[SelectChoice("1", "One")])
    numbers = Ticks(choices=[SelectChoice(1, "One")], coerce=int)
    times = IntegerField()
    last = DateField(validators=[Optional()])
    until = TimeField(validators=[Optional()])


@pytest.mark.parametrize(
    ("name", "said"),
    [
        *((each, str(CHOOSE)) for each in ("one", "number", "some", "numbers")),
        ("times", "Enter a whole number, like 3"),
        ("last", "Enter a date, like 24 November 2026"),
        ("until", "Enter a time, like 6:30 pm"),
    ],
)
def test_what_cannot_be_taken_is_said_in_our_words(app: Flask, name: str, said: str) -> None:
    with app.test_request_context(method="POST", data={name: "nonsense"}):
        form = Slips(meta={"csrf": False})
        form.validate()
        field: Field = form[name]
        assert field.errors == [said]
