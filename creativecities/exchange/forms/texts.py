"""Words that are never empty to the eye."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from creativecities.core.text import fold
from creativecities.exchange.forms.fields import Words


class WrittenField(Words):
    """A text in which there is something to read: a letter or a digit."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not fold(value):
            raise forms.ValidationError(_("Nothing can be read here: write it in words."), code="illegible")
