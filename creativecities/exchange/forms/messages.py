"""What a city writes to the others that share a thing."""

import uuid
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.core.forms import offer
from creativecities.exchange.forms.texts import WrittenField
from creativecities.exchange.models import Message
from creativecities.network.compute.languages import choices
from creativecities.network.models import City


class MessageForm(forms.Form):
    """A message; `once` names this form. In whose name is asked only of who speaks for several cities."""

    city = forms.ChoiceField(label=_("In the name of"))
    text = WrittenField(
        label=_("Message"), max_length=Message.LONGEST, rows=5,
        help_text=_("At most 4,000 characters. The teams of the other cities read it here and by mail."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the text"))
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, cities: Iterable[City], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cities, reader = list(cities), get_language() or "en"
        spoken = ";".join(city.country.languages for city in cities)
        own = self.fields["city"]
        offer(self, city=[(city.slug, city.name) for city in cities], language=choices(spoken, reader))
        own.initial = cities[0].slug
        if len(cities) == 1:
            own.widget = forms.HiddenInput()
        self.fields["language"].initial = reader
