"""Words that are never empty to the eye."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from creativecities.core.text import fold
from creativecities.exchange.forms.fields import Words

LONGEST_TEXT = 4000
"""Of a need or offer, of an invitation, and of the summary of an initiative: an accepted reply makes
the one of the other."""


class WrittenField(Words):
    """A text in which there is something to read: a letter or a digit."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not fold(value):
            raise forms.ValidationError(_("Nothing can be read here: write it in words."), code="illegible")
