"""What a National Commission types when it decides, asks and ranks; what a city's team answers."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creativecities.calls.compute.definition import Item
from creativecities.calls.models import Remark
from creativecities.core.forms import offer
from creativecities.core.refusal import Refusal
from creativecities.exchange.forms.texts import WrittenField
from creativecities.network.formats import papers


class CodeField(forms.CharField):
    """The code that was mailed to the registered address."""

    def __init__(self) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "one-time-code", "dir": "ltr"}
        super().__init__(label=_("Code"), max_length=20, widget=forms.TextInput(attrs=attrs))


class EndorseForm(forms.Form):
    """The letter, as a PDF or written here; `fingerprint` says what of the file was read."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    letter = forms.FileField(
        label=_("The letter as a PDF"), required=False, widget=forms.FileInput(attrs={"accept": "application/pdf"})
    )
    words = WrittenField(
        label=_("Or write it here"), required=False, max_length=10_000, rows=10,
        help_text=_("It is set in type with the name of your commission, the date and the name of the city."),
    )  # fmt: skip

    def __init__(self, *args: Any, asked: Item | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        if asked:
            words = _("%(megabytes)d MB at most") % {"megabytes": asked["megabytes"]}
            self.fields["letter"].help_text = words

    def clean_letter(self) -> bytes:
        """Its bytes, looked into."""
        upload = self.cleaned_data["letter"]
        if not upload or not self.asked:
            return b""
        try:
            return papers.look(upload, {**self.asked, "formats": ["pdf"]}).raw
        except Refusal as refusal:
            raise forms.ValidationError(f"{refusal.reason} {refusal.remedy}".strip()) from None

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("letter") and values.get("words"):
            self.add_error("words", _("Add the letter as a PDF or write it here, not both."))
        return values


class BecauseForm(forms.Form):
    """Why an endorsement is declined or withdrawn."""

    reason = WrittenField(
        label=_("Reason"), max_length=2000, rows=5,
        help_text=_("The city’s team reads it. Name no other city: nobody learns who else applies."),
    )  # fmt: skip


class RemarkForm(forms.Form):
    """A question or an answer."""

    text = WrittenField(label=_("Your message"), max_length=Remark.LONGEST, rows=4)
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class RanksForm(forms.Form):
    """A rank for each endorsed file."""

    def __init__(self, *args: Any, names: dict[str, str], ranks: dict[str, int | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = [(str(number), str(number)) for number in range(1, len(names) + 1)]
        for place, (code, name) in enumerate(names.items(), 1):
            self.fields[code] = forms.ChoiceField(label=name, initial=str(ranks[code] or place))
            offer(self, **{code: numbers})

    @property
    def order(self) -> list[str]:
        """The codes of the files, the first choice first."""
        codes = [code for code in self.cleaned_data if code != "code"]
        return sorted(codes, key=lambda code: int(self.cleaned_data[code]))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        ranks = [rank for code, rank in values.items() if code != "code"]
        if len(set(ranks)) != len(ranks):
            self.add_error(None, _("Each endorsed file has a rank of its own, from 1 on."))
        return values
