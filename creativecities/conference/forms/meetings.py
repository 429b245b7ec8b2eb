"""What is typed about meetings at the fair."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.conference.compute.slots import MOST_SLOTS, MOST_TABLES, Meetings
from creativecities.conference.models import Delegation
from creativecities.core.forms import choose_from, offer
from creativecities.core.text import legible
from creativecities.exchange.forms.texts import WrittenField
from creativecities.network.compute.languages import choices
from creativecities.network.forms.city import Versioned


class DelegationChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A delegation by the name of its city."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.city.name}, {obj.city.country.name}"


class WishForm(forms.Form):
    """Whom a delegation wishes to meet, and why."""

    whom = DelegationChoice(label=_("Whom you wish to meet"), queryset=Delegation.objects.none())
    why = WrittenField(
        label=_("Why"), max_length=300, rows=3, help_text=_("The other delegation reads it once you are to meet.")
    )
    language = forms.ChoiceField(label=_("Language of the text"))

    def __init__(self, *args: Any, delegation: Delegation, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = get_language() or "en"
        choose_from(self, whom=others)
        offer(self, language=choices(delegation.city.country.languages, reader))
        self.fields["language"].initial = reader


class TimesForm(forms.Form):
    """When a delegation can meet, and at how many tables at once."""

    tables = forms.TypedChoiceField(
        label=_("At how many tables at once"), coerce=int, choices=[(number, str(number)) for number in (1, 2, 3)],
        help_text=_("More than one if your people can meet others at the same time."),
    )  # fmt: skip
    free = forms.MultipleChoiceField(
        label=_("When you can come"), required=False, widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, slots: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.slots = list(slots)
        offer(self, free=self.slots)

    @property
    def busy(self) -> list[str]:
        """The slots in which the delegation cannot come."""
        return [key for key, _label in self.slots if key not in self.cleaned_data["free"]]


class MeetingsForm(Versioned):
    """When people meet at an edition, how long, and at how many tables."""

    tables = forms.IntegerField(label=_("Tables"), min_value=1, max_value=MOST_TABLES)
    interpreters = forms.IntegerField(
        label=_("Interpreters of the house"), min_value=0, max_value=MOST_TABLES,
        help_text=_("For meetings of delegations that share no language."),
    )  # fmt: skip
    minutes = forms.IntegerField(label=_("Minutes of a meeting"), min_value=10, max_value=120)
    in_row = forms.IntegerField(
        label=_("Meetings in a row, at most"), min_value=1, max_value=12, help_text=_("Then a delegation rests.")
    )
    windows = forms.CharField(
        label=_("When people meet"), widget=forms.Textarea(attrs={"rows": 4, "dir": "ltr"}),
        help_text=format_lazy(
            "{} \u2066{}\u2069", _("One line for each part of a day, on the clock of the place:"),
            "2031-05-04 09:00 12:00",
        ),
    )  # fmt: skip

    def clean_windows(self) -> list[list[str]]:
        return [_window(line) for line in self.cleaned_data["windows"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("windows") and values.get("minutes"):
            said = Meetings(minutes=values["minutes"], windows=[(one, other) for one, other in values["windows"]])
            number = len(said.times("UTC"))
            if not 0 < number < MOST_SLOTS:
                self.add_error(
                    "windows", _("These make no meeting, or too many: at most %(most)d.") % {"most": MOST_SLOTS - 1}
                )
        return values

    @property
    def said(self) -> dict[str, Any]:
        """What the action saves."""
        return {name: self.cleaned_data[name] for name in ("tables", "interpreters", "minutes", "in_row", "windows")}


def _window(line: str) -> list[str]:
    """A day and two hours as two moments of the wall."""
    try:
        day, first, last = line.split()
        one, other = (dt.datetime.fromisoformat(f"{day}T{hour}") for hour in (first, last))
        is_sound = one.tzinfo is None and other.tzinfo is None and one < other
    except (ValueError, TypeError):
        is_sound = False
    if not is_sound:
        raise forms.ValidationError(_("“%(line)s” is no day with two hours.") % {"line": legible(line.strip()[:40])})
    return [each.isoformat("T", "minutes") for each in (one, other)]
