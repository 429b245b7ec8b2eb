"""A part of a document that the Secretariat writes in several languages: each text once in every one of them."""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import get_language

from creativecities.core.refusal import Text
from creativecities.core.words import flat
from creativecities.exchange.forms.fields import Words
from creativecities.network.compute.languages import language_name
from creativecities.network.forms.city import Versioned

LONGEST_TEXT, LONGEST_LINE = 20_000, 200
Item = dict[str, Any]


class PartForm(Versioned):
    """A part or an item. `TEXTS` names its texts, with the rows of their boxes; 0 is a line."""

    TEXTS: ClassVar[dict[str, int]] = {}
    NEEDED: ClassVar[tuple[str, ...]] = ()
    LABELS: ClassVar[Mapping[str, Text]] = {}

    def __init__(self, data: Any, *, codes: Sequence[str], opened: int, item: Item | None, **given: str) -> None:
        self.before, self.codes = item or {}, codes
        super().__init__(data, initial={**self.shown(flat(self.before)), "opened": opened, **given})
        reader = get_language() or "en"
        texts = {
            f"{name}_{code}": Words(
                rows=rows, max_length=LONGEST_TEXT if rows else LONGEST_LINE,
                required=name in self.NEEDED and code == self.codes[0],
                label=f"{self.LABELS[name]} ({language_name(code, reader)})",
            )
            for name, rows in self.TEXTS.items() for code in self.codes
        }  # fmt: skip
        self.fields = {"opened": self.fields["opened"], **texts, **self.fields}
        for name, field in self.fields.items():
            field.label = field.label or str(self.LABELS.get(name, name))
        self.choose()

    def choose(self) -> None:
        """Fill in what can be chosen."""

    def shown(self, values: dict[str, Any]) -> dict[str, Any]:
        """The kept values as the form shows them."""
        return values

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, under the names of an event's facts, to be compared with what somebody else saved."""
        return flat(self.item)

    @property
    def item(self) -> Item:
        """What was typed, as it is kept."""
        given = self.cleaned_data
        texts = {name: {code: given[f"{name}_{code}"] for code in self.codes} for name in self.TEXTS}
        others = {name: value for name, value in given.items() if name not in texts and name != "opened"}
        return texts | {name: value for name, value in others.items() if name.rpartition("_")[0] not in self.TEXTS}
