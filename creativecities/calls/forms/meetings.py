"""What is said of a file, in its discussion and in the meeting; and which files the meeting is about."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creativecities.calls.models import Application, Opinion
from creativecities.exchange.forms.texts import WrittenField
from creativecities.network.forms.city import Versioned


class OpinionForm(forms.Form):
    """Something to say; `once` names this form."""

    text = WrittenField(label=_("Your words"), rows=4, max_length=Opinion.LONGEST)
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class NotesForm(Versioned):
    notes = WrittenField(label=_("Notes of the meeting"), rows=6, max_length=8000, required=False)


class AgendaForm(Versioned):
    """The place of each file; empty: it is not talked about."""

    def __init__(self, data: Any, *, files: Iterable[Application], places: Mapping[int, int], opened: int) -> None:
        self.offered = list(files)
        initial = {each.code: places.get(each.pk) for each in self.offered}
        super().__init__(data, initial={**initial, "opened": opened})
        for each in self.offered:
            self.fields[each.code] = forms.IntegerField(
                label=each.city_name, required=False, min_value=1, max_value=9999
            )

    @property
    def lines(self) -> list[tuple[Application, Any]]:
        """Each file with its place."""
        return [(each, self[each.code]) for each in self.offered]

    @property
    def chosen(self) -> list[Application]:
        """The files that have a place, in their order; of two with the same one, as they are listed."""
        given = {each.code: self.cleaned_data[each.code] for each in self.offered}
        return sorted((each for each in self.offered if given[each.code]), key=lambda each: given[each.code])
