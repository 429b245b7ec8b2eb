"""The parts of a call as forms: each text once in every language of the call."""

import datetime as dt
import zoneinfo
from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.calls.compute import labels
from creativecities.calls.compute.definition import DATES, Definition, Item, flat, languages
from creativecities.calls.compute.instants import instant
from creativecities.exchange.forms.fields import Words
from creativecities.network.compute.languages import WRITTEN, language_name
from creativecities.network.compute.languages import choices as language_choices
from creativecities.network.forms.city import Versioned
from creativecities.network.models import CreativeField, Region

WALL = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
MOST_WORDS_OF_TEXT = 20_000


class PartForm(Versioned):
    """A part or an item of a call. `TEXTS` names its texts, with the rows of their boxes; 0 is a line."""

    TEXTS: ClassVar[dict[str, int]] = {}
    NEEDED: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: Any, *, definition: Definition, opened: int, item: Item | None, **given: str) -> None:
        super().__init__(data, initial={**self.shown(flat(item or {})), "opened": opened, **given})
        self.definition = definition
        self.languages = languages(definition)
        reader = get_language() or "en"
        texts = {
            f"{name}_{code}": Words(
                rows=rows, max_length=MOST_WORDS_OF_TEXT if rows else 200,
                required=name in self.NEEDED and code == self.languages[0],
                label=f"{labels.LABELS[name]} ({language_name(code, reader)})",
            )
            for name, rows in self.TEXTS.items() for code in self.languages
        }  # fmt: skip
        self.fields = {"opened": self.fields["opened"], **texts, **self.fields}
        for name, field in self.fields.items():
            field.label = field.label or str(labels.LABELS.get(name.removesuffix("_"), name))
        self.choose()

    def choose(self) -> None:
        """Fill in what can be chosen."""

    def offer(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        """Say what a field can be."""
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @staticmethod
    def shown(values: dict[str, Any]) -> dict[str, Any]:
        """The kept values as the form shows them."""
        return values

    @property
    def item(self) -> Item:
        """What was typed, as the call keeps it."""
        given = self.cleaned_data
        texts = {name: {code: given[f"{name}_{code}"] for code in self.languages} for name in self.TEXTS}
        others = {name: value for name, value in given.items() if name not in texts and name != "opened"}
        return texts | {name: value for name, value in others.items() if name.rpartition("_")[0] not in self.TEXTS}


class AboutForm(PartForm):
    TEXTS = {"title": 0, "summary": 4, "guidance": 14}
    NEEDED = ("title",)


class DatesForm(PartForm):
    zone = forms.ChoiceField(help_text=_("The clock that decides, on every page and for every city."))
    opens_at = forms.DateTimeField(required=False, widget=WALL)
    commissions_by = forms.DateTimeField(required=False, widget=WALL)
    closes_at = forms.DateTimeField(
        required=False, widget=WALL, help_text=_("The end of a day is 00:00 of the next; the call shows it as 24:00.")
    )
    checked_by = forms.DateTimeField(required=False, widget=WALL)
    evaluated_by = forms.DateTimeField(required=False, widget=WALL)
    announced_at = forms.DateTimeField(required=False, widget=WALL)

    def choose(self) -> None:
        self.offer("zone", [(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones())])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        last = None
        for name in DATES:
            at: dt.datetime | None = values.get(name)
            if at and last and at <= last:
                self.add_error(name, _("This is not after what comes before it."))
            last = at or last
        return values

    @property
    def item(self) -> Item:
        """Days and hours as the clock on the wall shows them, without offset."""
        walls = {name: at.replace(tzinfo=None).isoformat("T", "minutes") if (at := self.cleaned_data[name]) else ""
                 for name in DATES}  # fmt: skip
        return {"zone": self.cleaned_data["zone"], **walls}


class RulesForm(PartForm):
    languages_ = forms.MultipleChoiceField(widget=forms.SelectMultiple(attrs={"size": 8}))
    fields_ = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    endorsements_per_country = forms.IntegerField(
        required=False, min_value=1, max_value=99, help_text=_("Empty: as many as a commission endorses.")
    )
    distinct_fields = forms.BooleanField(
        required=False, help_text=_("Two cities of one country cannot be endorsed in the same creative field.")
    )
    population_floor = forms.IntegerField(
        required=False, min_value=1, max_value=10**8, help_text=_("Empty: every size of city.")
    )
    cooldown_calls = forms.IntegerField(
        min_value=0, max_value=9, help_text=_("0: a city that was not designated can apply in the next call.")
    )
    members_may_apply = forms.BooleanField(required=False)
    regions = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Shown to those who decide; applications from there are encouraged."),
    )  # fmt: skip
    most_links = forms.IntegerField(min_value=0, max_value=50)

    def choose(self) -> None:
        reader = get_language() or "en"
        self.offer("languages_", language_choices("", reader))
        self.offer("fields_", [(field.pk, field.name) for field in CreativeField.objects.all()])
        self.offer("regions", [(region.pk, region.name) for region in Region.objects.all()])

    @staticmethod
    def shown(values: dict[str, Any]) -> dict[str, Any]:
        return values | {f"{name}_": values.get(name) for name in ("languages", "fields")}

    def clean_languages_(self) -> list[str]:
        """In the order of the list; English first where it is there, for what is not written in the others."""
        chosen = set(self.cleaned_data["languages_"])
        return sorted(chosen, key=lambda code: (code != "en", WRITTEN.index(code)))

    @property
    def item(self) -> Item:
        """Under the names of the call."""
        return {name.removesuffix("_"): value for name, value in super().item.items()}


class EvaluationForm(PartForm):
    scale = forms.IntegerField(min_value=2, max_value=100)
    expert_reviews = forms.IntegerField(min_value=0, max_value=20)
    member_city_reviews = forms.IntegerField(min_value=0, max_value=20)
    quorum = forms.IntegerField(min_value=0, max_value=40)
    feedback = forms.ChoiceField(choices=[*labels.FEEDBACK.items()])


FORMS: dict[str, type[PartForm]] = {
    "about": AboutForm, "dates": DatesForm, "rules": RulesForm, "evaluation": EvaluationForm,
}  # fmt: skip


class ExtendForm(forms.Form):
    """More time for all cities, or for those of one country."""

    until = forms.DateTimeField(label=_("Until"), widget=WALL)
    country = forms.ChoiceField(label=_("For"), required=False)
    reason = Words(label=_("Reason"), rows=3, max_length=1000, help_text=_("Everybody who reads the call reads it."))

    def __init__(self, *args: Any, zone: str, countries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.fields["country"].choices = [("", _("every country")), *countries]  # type: ignore[attr-defined]

    def clean_until(self) -> dt.datetime:
        """An instant: what was typed is the call's clock."""
        typed: dt.datetime = self.cleaned_data["until"]
        return instant(typed.replace(tzinfo=None).isoformat(), self.zone)

    @property
    def values(self) -> dict[str, Any]:
        """What the action asks for."""
        return self.cleaned_data | {"country": self.cleaned_data["country"] or None}


class ReasonForm(forms.Form):
    """Why."""

    reason = Words(label=_("Reason"), rows=3, max_length=1000, required=False)


class ReleaseForm(Versioned, ReasonForm):
    """Publish what was read."""


class NewCallForm(forms.Form):
    """Under which name a call begins, and with what."""

    slug = forms.SlugField(
        label=_("Name in its address"), max_length=40, widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("For example the year, as in /calls/2027/. It never changes."),
    )  # fmt: skip
    source = forms.ChoiceField(label=_("Begin with"))

    def __init__(self, *args: Any, sources: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = sources  # type: ignore[attr-defined]
