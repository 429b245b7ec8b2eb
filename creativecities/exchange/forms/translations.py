"""What a person writes who translates an initiative."""

from collections.abc import Iterator
from typing import Any

from creativecities.exchange.compute import translating
from creativecities.exchange.forms.fields import Words
from creativecities.exchange.forms.initiatives import LONGEST_BLOCK, FullForm
from creativecities.exchange.forms.texts import LONGEST_TEXT, WrittenField
from creativecities.exchange.models import Initiative
from creativecities.network.forms.city import Versioned


class TranslationForm(Versioned):
    """Title, summary, and those building blocks that the original has."""

    def __init__(self, *args: Any, one: Initiative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.one = one
        labels = {name: FullForm.base_fields[name].label for name in translating.PARTS}
        self.fields["title"] = WrittenField(label=labels["title"], max_length=200)
        self.fields["summary"] = WrittenField(label=labels["summary"], max_length=LONGEST_TEXT, rows=6)
        for name in one.story:
            self.fields[name] = Words(label=labels[name], required=False, max_length=LONGEST_BLOCK, rows=5)

    @property
    def lines(self) -> Iterator[tuple[Any, str]]:
        """Each field with what the original says."""
        for name in translating.PARTS:
            if name in self.fields:
                yield self[name], getattr(self.one, name)

    @property
    def values(self) -> dict[str, str]:
        """What the action saves."""
        return {name: self.cleaned_data.get(name, "") for name in translating.PARTS}
