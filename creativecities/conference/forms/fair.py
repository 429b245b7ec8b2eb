"""What is typed about the fair."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.conference.compute.plan import MOST_IN_ROW, MOST_ROWS, Plan
from creativecities.conference.models import Booth, Edition
from creativecities.conference.queries import fair
from creativecities.core.forms import choose_from, offer
from creativecities.exchange.forms.texts import WrittenField
from creativecities.exchange.models import Initiative
from creativecities.network.compute.languages import choices
from creativecities.network.forms.city import DATE, Versioned
from creativecities.network.models import City


class BoothForm(forms.Form):
    """What a city asks for."""

    initiative = forms.ModelChoiceField(
        label=_("What it shows"), queryset=Initiative.objects.none(), required=False, empty_label=_("The city itself"),
        help_text=_(
            "The booth shows the record of an initiative as it is: nothing is written twice. Cities that share a booth "
            "first record what they do together."
        ),
    )  # fmt: skip
    text = WrittenField(
        label=_("What visitors find there"), max_length=1000, rows=4, help_text=_("Everybody reads it on the plan.")
    )
    language = forms.ChoiceField(label=_("Language of the text"))
    needs = WrittenField(
        label=_("What you need"), max_length=500, rows=2, required=False,
        help_text=_("Power, walls, quiet: only the Secretariat reads it."),
    )  # fmt: skip

    def __init__(self, *args: Any, city: City, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = get_language() or "en"
        choose_from(self, initiative=fair.choices(edition, city))
        offer(self, language=choices(city.country.languages, reader))
        self.fields["language"].initial = reader


class PlanForm(Versioned):
    """How the hall is laid out."""

    rows = forms.CharField(
        label=_("Places in each row"), max_length=80, required=False, widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("A number for each row, with blanks between: 6 6 4. Two rows stand back to back."),
    )  # fmt: skip
    apply_by = forms.DateField(
        label=_("Cities apply until"), widget=DATE, required=False, help_text=_("The last day; empty: until it begins.")
    )

    def clean_rows(self) -> tuple[int, ...]:
        words = self.cleaned_data["rows"].replace(",", " ").split()
        if any(not word.isdecimal() or not 1 <= int(word) <= MOST_IN_ROW for word in words) or len(words) > MOST_ROWS:
            raise forms.ValidationError(
                _("At most %(rows)d rows of 1 to %(places)d places.") % {"rows": MOST_ROWS, "places": MOST_IN_ROW}
            )
        return tuple(int(word) for word in words)

    @property
    def plan(self) -> Plan:
        """What the action saves."""
        day: dt.date | None = self.cleaned_data["apply_by"]
        return Plan(self.cleaned_data["rows"], day)


class DecisionForm(forms.Form):
    """What becomes of an application: chosen, declined with a reason, or placed."""

    verb = forms.ChoiceField(choices=[("choose", ""), ("decline", ""), ("place", "")])
    reason = WrittenField(label=_("Reason"), max_length=1000, rows=3, required=False, help_text=_("The city reads it."))
    place = forms.ChoiceField(label=_("Place on the plan"), required=False)

    def __init__(self, *args: Any, booth: Booth, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = fair.free_places(booth)
        offer(self, place=[("", _("no place yet")), *((key, key) for key in free)])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("verb") == "decline" and not values.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why: the city will read it."))
        return values
