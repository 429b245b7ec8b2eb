"""What a team says of applications."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from creativecities.exchange.forms.fields import LastDay, Words
from creativecities.exchange.models import Opening
from creativecities.network.forms.city import Versioned


class OpeningForm(Versioned):
    """Who can apply, where, until when."""

    audience = forms.ChoiceField(
        label=_("Who can apply"), choices=Opening.Audience.choices, widget=forms.RadioSelect, initial="everybody"
    )
    apply_by = LastDay(label=_("Apply by"))
    link = Words(
        label=_("Where to apply"), max_length=300, widget=forms.URLInput(attrs={"dir": "ltr"}),
        validators=[URLValidator(["https"], message=_("Only addresses beginning with https:// are possible."))],
        help_text=_("The address of the page with the conditions, beginning with https://."),
    )  # fmt: skip

    @property
    def values(self) -> dict[str, Any]:
        """What the action saves."""
        return {name: value for name, value in self.cleaned_data.items() if name != "opened"}
