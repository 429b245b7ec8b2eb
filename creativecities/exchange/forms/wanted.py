"""What a team says of the partners it looks for."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creativecities.core.forms import offer
from creativecities.exchange.forms.fields import LastDay
from creativecities.exchange.models import Topic, Wanted
from creativecities.network.forms.city import Versioned


class WantedForm(Versioned):
    """How many partners, about what, until when."""

    number = forms.IntegerField(
        label=_("Partner cities wanted"), min_value=1, max_value=Wanted.MOST, initial=1,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    topics = forms.MultipleChoiceField(
        label=_("Topics"), widget=forms.CheckboxSelectMultiple, help_text=_("What you would work on together.")
    )
    closes_on = LastDay(label=_("Last day"))

    def __init__(self, *args: Any, topics: Iterable[Topic], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, topics=[(topic.slug, topic.name) for topic in topics])

    @property
    def values(self) -> dict[str, Any]:
        """What the action saves."""
        return {name: value for name, value in self.cleaned_data.items() if name != "opened"}
