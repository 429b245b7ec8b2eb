"""What the forms of every slice have in common."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

NO_SUCH_HOUR = _("The clock of that zone skips this hour.")


def offer(form: forms.BaseForm, **choices: Any) -> None:
    """Say what fields of a form can be, where that is known only when it is made."""
    for name, found in choices.items():
        cast(forms.ChoiceField, form.fields[name]).choices = found


def choose_from(form: forms.BaseForm, **rows: Any) -> None:
    """Say of which rows fields of a form are one, where that is known only when it is made."""
    for name, found in rows.items():
        cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = found


class Wall(forms.DateTimeField):
    """A day and hour as the clock of a zone told elsewhere shows them, whatever that of who types; gives its text."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"), **kwargs
        )

    def to_python(self, value: Any) -> Any:
        with timezone.override(dt.UTC):
            at = super().to_python(value)
        return at.replace(tzinfo=None).isoformat("T", "minutes") if at else ""
