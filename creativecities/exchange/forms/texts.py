"""Fields for what people write: without what nobody sees, and never empty to the eye."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from creativecities.core.text import fold, legible


class WrittenField(forms.CharField):
    """A text of a person. Line ends become those of Unix, invisible characters go; one without a letter is empty."""

    def __init__(self, *, rows: int = 0, **kwargs: Any) -> None:
        attrs: dict[str, Any] = {"dir": "auto"}
        kwargs["widget"] = forms.Textarea({**attrs, "rows": rows}) if rows else forms.TextInput(attrs)
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = (super().to_python(value) or "").replace("\r\n", "\n").replace("\r", "\n")
        return legible(text).strip()

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not fold(value):
            raise forms.ValidationError(_("Nothing can be read here: write it in words."), code="illegible")
