"""What the forms of every slice have in common."""

from typing import Any, cast

from django import forms


def offer(form: forms.BaseForm, **choices: Any) -> None:
    """Say what fields of a form can be, where that is known only when it is made."""
    for name, found in choices.items():
        cast(forms.ChoiceField, form.fields[name]).choices = found
