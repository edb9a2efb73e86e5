"""What was typed: the base of every form. Shape only; rules decide the rest."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, Length


def _trimmed(value: str | None) -> str | None:
    return value.strip() if value else value


class Form(FlaskForm):
    """A form of ours: CSRF by the app, words without the space around them."""

    def validate_on_submit(self, extra_validators: Any = None) -> bool:
        return bool(super().validate_on_submit(extra_validators))


class Line(StringField):
    """One line of words. `missing` is what we say when it is empty."""

    def __init__(self, label: Any, missing: Any, most: int, **more: Any) -> None:
        super().__init__(
            label,
            validators=[DataRequired(missing), Length(max=most)],
            filters=[_trimmed],
            **more,
        )


class Words(TextAreaField):
    """Several lines of words. `missing` is what we say when they are empty."""

    def __init__(self, label: Any, missing: Any | None, most: int, **more: Any) -> None:
        needed = [DataRequired(missing)] if missing is not None else []
        super().__init__(label, validators=[*needed, Length(max=most)], filters=[_trimmed], **more)
