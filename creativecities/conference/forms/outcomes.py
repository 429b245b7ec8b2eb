"""What the Secretariat writes in an outcome document, and what a city says when it signs or takes its name back."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.conference.models import Outcome
from creativecities.exchange.forms.texts import WrittenField
from creativecities.network.compute.languages import language_name
from creativecities.network.forms.city import Versioned

LONGEST_TEXT = 40_000
LONGEST_REASON = 1000
LABELS = {"title": _("Title"), "text": _("Text")}


class NewOutcomeForm(forms.Form):
    """What kind of document is begun."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Outcome.Kind.choices)


class OutcomeForm(Versioned):
    """Title and text in each language of the site in which they are written; in none of them one without the other."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes, reader = [code for code, _name in settings.LANGUAGES], get_language() or "en"
        for code in self.codes:
            name = language_name(code, reader)
            self.fields[f"title_{code}"] = WrittenField(
                label=f"{LABELS['title']} ({name})", max_length=200, required=False
            )
            self.fields[f"text_{code}"] = WrittenField(
                label=f"{LABELS['text']} ({name})", rows=10, max_length=LONGEST_TEXT, required=False
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for code in self.codes:
            for name, other in (("title", "text"), ("text", "title")):
                if values.get(f"{other}_{code}") and values.get(f"{name}_{code}") == "":
                    self.add_error(f"{name}_{code}", _("In a language there are both title and text, or neither."))
        return values

    def said(self, name: str) -> dict[str, str]:
        """What was typed under a name, by language."""
        return {code: text for code in self.codes if (text := self.cleaned_data[f"{name}_{code}"])}


class SignForm(forms.Form):
    """A city signs the version that was read."""

    number = forms.IntegerField(min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    sure = forms.BooleanField(label=_("I have read the text, and my city stands behind it"))


class WithdrawForm(forms.Form):
    """Why a city takes its signature back."""

    reason = WrittenField(
        label=_("Reason"),
        rows=3,
        max_length=LONGEST_REASON,
        help_text=_("The Secretariat reads it."),
    )
