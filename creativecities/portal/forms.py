"""What a visitor chooses to narrow a list."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creativecities.exchange.models import Need


class NeedFilter(forms.Form):
    """Which needs and offers are shown; every choice may stay open."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("no restriction")), *Need.Kind.choices])
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    field = forms.ChoiceField(label=_("Creative field"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)

    def __init__(self, *args: Any, choices: Mapping[str, Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in choices.items():
            self.fields[name].choices = [("", _("no restriction")), *found.items()]  # type: ignore[attr-defined]
