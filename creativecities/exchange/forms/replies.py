"""What a city writes when it replies, decides, and looks back."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.core.forms import offer
from creativecities.exchange.forms.texts import WrittenField
from creativecities.exchange.models import FollowUp
from creativecities.network.compute.languages import choices
from creativecities.network.models import City

LONGEST = 2000


class ReplyForm(forms.Form):
    """The standard form: why us, what we bring, when."""

    city = forms.ChoiceField(label=_("In the name of"))
    why = WrittenField(label=_("Why us"), max_length=LONGEST, rows=5, help_text=_("At most 2,000 characters."))
    brings = WrittenField(
        label=_("What we bring"), max_length=LONGEST, rows=5, help_text=_("At most 2,000 characters.")
    )
    when = WrittenField(label=_("When"), max_length=300, help_text=_("From when, until when, how often."))
    language = forms.ChoiceField(label=_("Language of the text"))

    def __init__(self, *args: Any, cities: Iterable[City], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cities, reader = list(cities), get_language() or "en"
        spoken = ";".join(city.country.languages for city in cities)
        offer(self, city=[(city.slug, city.name) for city in cities], language=choices(spoken, reader))
        self.fields["language"].initial = reader


class DecisionForm(forms.Form):
    """What becomes of a reply; a reason only where it is declined."""

    verb = forms.ChoiceField(choices=[("contact", ""), ("accept", ""), ("decline", "")])
    reason = WrittenField(
        label=_("Reason"), max_length=1000, rows=3, required=False, help_text=_("The other city reads it.")
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("verb") == "decline" and not values.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why: the other city wrote to you and will read it."))
        return values


class FollowUpForm(forms.Form):
    """Whether it has worked."""

    answer = forms.ChoiceField(label=_("Has it worked?"), choices=FollowUp.Answer.choices, widget=forms.RadioSelect)
    text = WrittenField(label=_("In a sentence"), max_length=500, rows=2, required=False)
