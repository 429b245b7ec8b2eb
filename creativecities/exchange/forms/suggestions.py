"""What a city's team says about a suggested partner."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from creativecities.core.forms import choose_from
from creativecities.exchange import states
from creativecities.network.models import City


class SuggestionForm(forms.Form):
    """The partner, what is noted about it, and why it is not relevant."""

    partner = forms.ModelChoiceField(City.objects.none(), to_field_name="slug")
    verb = forms.ChoiceField(choices=[(verb, verb) for verb in states.BY_HAND])
    reason = forms.CharField(max_length=200, required=False)

    def __init__(self, *args: Any, partners: "QuerySet[City]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, partner=partners)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("verb") == "dismiss" and not cleaned.get("reason"):
            self.add_error("reason", _("Say in a few words why, so that your successor knows."))
        return cleaned
