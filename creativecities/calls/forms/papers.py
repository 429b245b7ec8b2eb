"""What a team adds to its file: a paper, and of a photograph also who made it and what it shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creativecities.calls.compute.definition import Item
from creativecities.exchange.forms.texts import WrittenField
from creativecities.network.formats.papers import PICTURES, TYPES


class PaperForm(forms.Form):
    """A file for one place; `opened` is the file that was there when the page was opened."""

    file = forms.FileField(label=_("File"), allow_empty_file=True)  # which is refused with its reason
    alt = WrittenField(
        label=_("Description"), max_length=300, help_text=_("What is to be seen, for those who cannot see it.")
    )
    credit = WrittenField(label=_("Author"), max_length=200, help_text=_("Who made it, as they want to be named."))
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, paper: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ",".join(TYPES[each] for each in paper["formats"])
        if not set(PICTURES) & set(paper["formats"]):
            del self.fields["alt"], self.fields["credit"]
        elif not set(paper["formats"]) <= set(PICTURES):
            self.fields["alt"].required = self.fields["credit"].required = False

    @property
    def words(self) -> dict[str, str]:
        """What is said of a photograph."""
        return {name: self.cleaned_data[name] for name in ("alt", "credit") if name in self.fields}


class WordForm(forms.Form):
    """The Word file that comes back."""

    file = forms.FileField(label=_("The Word file that comes back"), allow_empty_file=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = TYPES["docx"]
