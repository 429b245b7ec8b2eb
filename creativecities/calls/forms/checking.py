"""What an officer types in the check of files: filters of the list, a reason, what is opened again and until when."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creativecities.core.clocks import exists, instant
from creativecities.core.forms import NO_SUCH_HOUR, Wall, offer
from creativecities.exchange.forms.fields import Words
from creativecities.network.forms.city import Versioned

ANY = ("", _("no restriction"))


class ReceivedFilter(forms.Form):
    """Which of the files that were handed in."""

    state = forms.ChoiceField(label=_("State"), required=False)
    field = forms.ChoiceField(label=_("Creative field"), required=False)
    region = forms.ChoiceField(label=_("Region"), required=False)
    country = forms.ChoiceField(label=_("Country"), required=False)

    def __init__(self, *args: Any, choices: dict[str, list[tuple[str, Any]]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, **{name: [ANY, *found] for name, found in choices.items()})


class WhyForm(Versioned):
    """A decision with its reason."""

    reason = Words(label=_("Reason"), rows=3, max_length=2000)


class RejectForm(WhyForm):
    """Not eligible."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("The team of the city reads it.")


class ReturnForm(Versioned):
    """What is opened to the city again, until when, and why."""

    found = forms.MultipleChoiceField(
        label=_("Missing, as the machine found"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.MultipleChoiceField(
        label=_("Other places"), required=False, widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Open again beside what was found."),
    )  # fmt: skip
    until = Wall(label=_("Until"))
    reason = Words(label=_("Reason"), rows=4, max_length=2000, help_text=_("The team of the city reads it."))

    def __init__(self, *args: Any, zone: str, found: list[Any], others: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        offer(self, found=found, others=others)
        self.initial.setdefault("found", [place for place, _name in found])
        if not found:
            del self.fields["found"]

    def clean_until(self) -> dt.datetime:
        """An instant: what was typed is the call's clock."""
        if not exists(self.cleaned_data["until"], self.zone):
            raise forms.ValidationError(NO_SUCH_HOUR)
        return instant(self.cleaned_data["until"], self.zone)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        values["places"] = [*values.pop("found", ()), *values.pop("others", ())]
        if not values["places"]:
            self.add_error(None, _("Choose what the city can add."))
        return values
