"""What the forms of every slice have in common."""

from typing import Any, cast

from django import forms


def offer(form: forms.BaseForm, **choices: Any) -> None:
    """Say what fields of a form can be, where that is known only when it is made."""
    for name, found in choices.items():
        cast(forms.ChoiceField, form.fields[name]).choices = found


def choose_from(form: forms.BaseForm, **rows: Any) -> None:
    """Say of which rows fields of a form are one, where that is known only when it is made."""
    for name, found in rows.items():
        cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = found
