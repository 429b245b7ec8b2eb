"""What a city says of itself before it begins a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creativecities.core.forms import offer
from creativecities.exchange.forms.fields import Words
from creativecities.search.compute.tokens import LONGEST_QUERY


class EligibilityForm(forms.Form):
    """Read from the address, so that an answer can be passed on."""

    city = Words(label=_("City"), max_length=120)
    country = forms.ChoiceField(label=_("Country"))
    field = forms.ChoiceField(label=_("Creative field"))
    population = forms.IntegerField(label=_("Inhabitants"), required=False, min_value=0, max_value=10**9)
    refused = forms.IntegerField(
        label=_("Calls since the city was last not designated"), required=False, min_value=0, max_value=99,
        help_text=_("Empty: it never applied, or never in vain. 0: in the last call."),
    )  # fmt: skip

    def __init__(self, data: Any, *, countries: list[tuple[str, str]], fields: list[tuple[str, str]]) -> None:
        super().__init__(data)
        offer(self, country=[("", "–"), *countries], field=[("", "–"), *fields])


class FitForm(forms.Form):
    text = Words(
        label=_("What makes your city creative"), rows=6, max_length=LONGEST_QUERY,
        help_text=_("In a few sentences, in any language: places, people, works. It is compared and not kept."),
    )  # fmt: skip
