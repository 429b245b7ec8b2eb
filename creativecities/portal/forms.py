"""What a visitor chooses to narrow a list."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creativecities.core.forms import offer
from creativecities.exchange.models import Need, Opening


class Filter(forms.Form):
    """Choices that may all stay open; some are given with the form."""

    def __init__(self, *args: Any, choices: Mapping[str, Mapping[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, found in choices.items():
            offer(self, **{name: [("", _("no restriction")), *found.items()]})


class NeedFilter(Filter):
    """Which needs and offers are shown."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("no restriction")), *Need.Kind.choices])
    topic = forms.ChoiceField(label=_("Topic"), required=False)
    field = forms.ChoiceField(label=_("Creative field"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)


class OpportunityFilter(Filter):
    """Which opportunities are shown."""

    field = forms.ChoiceField(label=_("Creative field"), required=False)
    audience = forms.ChoiceField(
        label=_("Who can apply"), required=False, choices=[("", _("no restriction")), *Opening.Audience.choices]
    )
    language = forms.ChoiceField(label=_("Language"), required=False)
    deadline = forms.ChoiceField(label=_("Apply by"), required=False)
