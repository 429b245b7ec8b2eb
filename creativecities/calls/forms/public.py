"""What a city says of itself before it begins a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creativecities.calls.compute import rubric
from creativecities.calls.forms.reviews import points_field
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


class SelfAssessmentForm(forms.Form):
    """Where a city stands by each criterion. Read from the address, so that the answer can be kept and passed on."""

    def __init__(self, data: Any, *, criteria: list[dict[str, Any]], most: int) -> None:
        super().__init__()
        self.criteria = criteria
        self.fields = {rubric.POINTS + each["key"]: points_field(each, most, required=True) for each in criteria}
        if self.fields.keys() & data.keys():
            self.is_bound, self.data = True, data

    @property
    def rows(self) -> list[tuple[dict[str, Any], Any]]:
        """Each criterion with its points."""
        return [(each, self[rubric.POINTS + each["key"]]) for each in self.criteria]

    @property
    def points(self) -> dict[str, int]:
        """What was chosen, by the key of the criterion."""
        return {each["key"]: self.cleaned_data[rubric.POINTS + each["key"]] for each in self.criteria}


class FitForm(forms.Form):
    text = Words(
        label=_("What makes your city creative"), rows=6, max_length=LONGEST_QUERY,
        help_text=_("In a few sentences, in any language: places, people, works. It is compared and not kept."),
    )  # fmt: skip
