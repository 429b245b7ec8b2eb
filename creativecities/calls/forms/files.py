"""What a city says of itself when it begins a file, and in its facts."""

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from creativecities.calls.compute.labels import FACTS
from creativecities.core.forms import offer
from creativecities.exchange.forms.fields import Words

Choices = list[tuple[str, str]]
ANY = {"step": "any"}


class BeginForm(forms.Form):
    city_name = Words(label=FACTS["city_name"], max_length=100, help_text=_("Its name in English or in Latin letters."))
    local_name = Words(label=FACTS["local_name"], required=False, max_length=100)
    country = forms.ChoiceField(label=FACTS["country"])
    field = forms.ChoiceField(
        label=FACTS["field"], help_text=_("It can be changed until your National Commission endorses the file.")
    )
    language = forms.ChoiceField(label=FACTS["language"])

    def __init__(self, data: Any, *, countries: Choices, fields: Choices, spoken: Choices, **initial: str) -> None:
        super().__init__(data, initial=initial)
        offer(self, country=[("", "–"), *countries], field=[("", "–"), *fields], language=spoken)


class BeginByMailForm(BeginForm):
    """For who has not signed in: a link is sent, so that a file belongs to an address."""

    name = Words(label=_("Your name"), max_length=120)
    email = forms.EmailField(label=_("Your e-mail address"), help_text=_("A link to begin is sent to it."))


class FactsForm(forms.Form):
    """Tells what was changed in it, so that two who write different facts do not hinder each other."""

    city_name = Words(label=FACTS["city_name"], max_length=100, help_text=_("Its name in English or in Latin letters."))
    local_name = Words(label=FACTS["local_name"], required=False, max_length=100)
    field = forms.ChoiceField(
        label=FACTS["field"], help_text=_("It can be changed until your National Commission endorses the file.")
    )
    language = forms.ChoiceField(label=FACTS["language"])
    population = forms.IntegerField(
        label=FACTS["population"], required=False, min_value=1, max_value=10**8,
        help_text=_("Of the city itself, without its surroundings, by the last census or the register."),
    )  # fmt: skip
    latitude = forms.FloatField(
        label=FACTS["latitude"], required=False, min_value=-90, max_value=90, widget=forms.NumberInput(attrs=ANY),
        help_text=_("In degrees, north of the equator positive, south negative: 41.15 for Porto, −22.91 for Rio."),
    )  # fmt: skip
    longitude = forms.FloatField(
        label=FACTS["longitude"], required=False, min_value=-180, max_value=180, widget=forms.NumberInput(attrs=ANY),
        help_text=_(
            "In degrees, east of Greenwich positive, west negative: 139.69 for Tokyo, −8.61 for Porto. "
            "Maps on the web show both numbers when you press on a place for a while."
        ),
    )  # fmt: skip

    def __init__(self, data: Any, *, fields: Choices, spoken: Choices, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial)
        for field in self.fields.values():
            field.show_hidden_initial = True
        offer(self, field=fields, language=spoken)

    @property
    def opened_with(self) -> list[SafeString]:
        """What the form was opened with, to be sent along."""
        return [SafeString(each.as_hidden(only_initial=True)) for each in self]

    @property
    def changed(self) -> dict[str, Any]:
        """The facts that were changed in it."""
        return {name: self.cleaned_data[name] for name in self.changed_data}

    @property
    def opened(self) -> dict[str, Any]:
        """The same facts as they were when it was opened; nothing for one that was forged."""
        found = {}
        for name in self.changed_data:
            try:
                found[name] = self.fields[name].to_python(self.data.get(self.add_initial_prefix(name)))
            except forms.ValidationError:
                found[name] = None
        return found

    def put_on_top(self, file: Any) -> None:
        """Let what was typed be saved on top of what the file says now."""
        data = cast(QueryDict, self.data).copy()
        for name in self.fields:
            now = file.field_id if name == "field" else getattr(file, name)
            data[self.add_initial_prefix(name)] = "" if now is None else str(now)
        self.data = data
