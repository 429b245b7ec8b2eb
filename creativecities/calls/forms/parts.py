"""The parts of a call as forms: each text once in every language of the call."""

import datetime as dt
import zoneinfo
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.calls.compute import labels
from creativecities.calls.compute.definition import DATES, KEPT_MONTHS, Definition, Item, languages
from creativecities.calls.compute.rubric import DISAGREEMENT
from creativecities.core.clocks import exists, instant
from creativecities.core.forms import NO_SUCH_HOUR, Wall, offer
from creativecities.exchange.forms import parts
from creativecities.exchange.forms.fields import Words
from creativecities.network.compute.languages import WRITTEN
from creativecities.network.compute.languages import choices as language_choices
from creativecities.network.forms.city import Versioned
from creativecities.network.models import CreativeField, Region


class PartForm(parts.PartForm):
    """A part or an item of a call, in the call's languages."""

    LABELS = labels.LABELS

    def __init__(self, data: Any, *, definition: Definition, opened: int, item: Item | None, **given: str) -> None:
        self.definition = definition
        super().__init__(data, codes=languages(definition), opened=opened, item=item, **given)


class AboutForm(PartForm):
    TEXTS = {"title": 0, "summary": 4, "guidance": 14}
    NEEDED = ("title",)


class DatesForm(PartForm):
    zone = forms.ChoiceField(help_text=_("The clock that decides, on every page and for every city."))
    opens_at = Wall(required=False)
    commissions_by = Wall(required=False)
    closes_at = Wall(required=False, help_text=_("The end of a day is 00:00 of the next; the call shows it as 24:00."))
    checked_by = Wall(required=False)
    evaluated_by = Wall(required=False)
    announced_at = Wall(required=False)

    def choose(self) -> None:
        offer(self, zone=[(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones())])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        last = None
        for name in DATES if "zone" in values else ():
            if not (wall := values.get(name)):
                continue
            if not exists(wall, values["zone"]):
                self.add_error(name, NO_SUCH_HOUR)
            at = instant(wall, values["zone"])
            if last and at <= last:
                self.add_error(name, _("This is not after what comes before it."))
            last = at
        return values


class RulesForm(PartForm):
    languages = forms.MultipleChoiceField(widget=forms.SelectMultiple(attrs={"size": 8}))
    # Django takes the declared fields off the class, so this hides no attribute of the form.
    fields = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)  # type: ignore[assignment]
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
    keep_months = forms.IntegerField(
        required=False, min_value=1, max_value=120, initial=KEPT_MONTHS,
        help_text=_(
            "After the call is over. Then files that were never handed in are deleted, and the others lose their "
            "papers and everything that names people; decisions and statistics stay."
        ),
    )  # fmt: skip

    def choose(self) -> None:
        reader = get_language() or "en"
        offer(self, languages=language_choices("", reader))
        offer(self, fields=[(field.pk, field.name) for field in CreativeField.objects.all()])
        offer(self, regions=[(region.pk, region.name) for region in Region.objects.all()])

    def clean_keep_months(self) -> int:
        return self.cleaned_data["keep_months"] or KEPT_MONTHS

    def clean_languages(self) -> list[str]:
        """In the order of the list; English first where it is there, for what is not written in the others."""
        chosen = set(self.cleaned_data["languages"])
        return sorted(chosen, key=lambda code: (code != "en", WRITTEN.index(code)))


class EvaluationForm(PartForm):
    scale = forms.IntegerField(min_value=2, max_value=100)
    expert_reviews = forms.IntegerField(min_value=0, max_value=20)
    member_city_reviews = forms.IntegerField(min_value=0, max_value=20)
    quorum = forms.IntegerField(min_value=0, max_value=40)
    disagreement = forms.IntegerField(
        min_value=1, max_value=100, initial=DISAGREEMENT,
        help_text=_("Where two reviewers of a group lie so far apart, the file is marked for discussion."),
    )  # fmt: skip
    conflict_years = forms.IntegerField(
        min_value=0, max_value=50, help_text=_("A city does not judge one with which it worked within these years.")
    )
    feedback = forms.ChoiceField(choices=[*labels.FEEDBACK.items()])


FORMS: dict[str, type[PartForm]] = {
    "about": AboutForm, "dates": DatesForm, "rules": RulesForm, "evaluation": EvaluationForm,
}  # fmt: skip


class ExtendForm(forms.Form):
    """More time for all cities, or for those of one country."""

    until = Wall(label=_("Until"))
    country = forms.ChoiceField(label=_("For"), required=False)
    reason = Words(label=_("Reason"), rows=3, max_length=1000, help_text=_("Everybody who reads the call reads it."))

    def __init__(self, *args: Any, zone: str, countries: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        offer(self, country=[("", _("every country")), *countries])

    def clean_until(self) -> dt.datetime:
        """An instant: what was typed is the call's clock."""
        if not exists(self.cleaned_data["until"], self.zone):
            raise forms.ValidationError(NO_SUCH_HOUR)
        return instant(self.cleaned_data["until"], self.zone)

    @property
    def values(self) -> dict[str, Any]:
        """What the action asks for."""
        return self.cleaned_data | {"country": self.cleaned_data["country"] or None}


class ReasonForm(forms.Form):
    """Why."""

    reason = Words(
        label=_("Reason"), rows=3, max_length=1000,
        error_messages={"required": _("Say why: everybody who reads the call reads the reason.")},
    )  # fmt: skip


class ReleaseForm(Versioned, ReasonForm):
    """Publish what was read: for the first time without a reason, each change with one."""

    def __init__(self, *args: Any, is_change: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_change


class NewCallForm(forms.Form):
    """Under which name a call begins, and with what."""

    slug = forms.SlugField(
        label=_("Name in its address"), max_length=40, widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("For example the year, as in /calls/2027/. It never changes."),
    )  # fmt: skip
    source = forms.ChoiceField(label=_("Begin with"))

    def __init__(self, *args: Any, sources: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, source=sources)
