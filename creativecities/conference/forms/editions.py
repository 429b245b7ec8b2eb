"""The parts of an edition as forms, and what the Secretariat does with an edition."""

import datetime as dt
import zoneinfo
from typing import Any

from django import forms
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from creativecities.conference.compute import inviting, labels, surveying, when
from creativecities.conference.compute.definition import KINDS, ROLES
from creativecities.conference.models import Delegate
from creativecities.core.clocks import exists, instant
from creativecities.core.forms import NO_SUCH_HOUR, Wall, offer
from creativecities.exchange.forms import parts
from creativecities.exchange.forms.texts import WrittenField
from creativecities.network.compute.languages import WRITTEN
from creativecities.network.compute.languages import choices as language_choices
from creativecities.network.forms.city import DATE

MOST_HOSTS = 3
MOST_PEOPLE = 100_000


class PartForm(parts.PartForm):
    """A part or an item of an edition."""

    LABELS = labels.LABELS


class AboutForm(PartForm):
    TEXTS = {"title": 0, "theme": 0, "summary": 5, "practical": 12}


class WhenForm(PartForm):
    number = forms.IntegerField(required=False, min_value=1, max_value=999)
    year = forms.IntegerField(min_value=2000, max_value=2999)
    starts_on = forms.DateField(required=False, widget=DATE)
    last_day = forms.DateField(required=False, widget=DATE)
    zone = forms.ChoiceField(help_text=_("Of the place: all hours of this edition are shown by its clock."))
    opens_at = Wall(required=False)
    nominate_by = Wall(required=False)
    confirm_by = Wall(required=False)
    reason = WrittenField(
        rows=3, max_length=1000, required=False,
        help_text=_("Once the edition is announced, days are changed with a reason that everybody reads."),
    )  # fmt: skip

    def choose(self) -> None:
        offer(self, zone=[(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones())])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        self._together(values, when.DAYS)
        self._together(values, when.INSTANTS)
        if (first := values.get("starts_on")) and (last := values.get("last_day")) and last < first:
            self.add_error("last_day", _("This is not after what comes before it."))
        if first and "year" in values and first.year != values["year"]:
            self.add_error("year", _("The first day is in another year."))
        self._instants(values)
        return values

    def _together(self, values: dict[str, Any], names: tuple[str, ...]) -> None:
        if any(values.get(name) for name in names):
            for name in names:
                if name not in self.errors and not values.get(name):
                    self.add_error(name, _("These are known together or not at all."))

    def _instants(self, values: dict[str, Any]) -> None:
        last: dt.datetime | None = None
        for name in when.INSTANTS if "zone" in values else ():
            if not (wall := values.get(name)):
                continue
            if not exists(wall, values["zone"]):
                self.add_error(name, NO_SUCH_HOUR)
            at = instant(wall, values["zone"])
            if last and at <= last:
                self.add_error(name, _("This is not after what comes before it."))
            last = at

    @property
    def item(self) -> parts.Item:
        """Days as text, as JSON needs them."""
        given = {name: value for name, value in self.cleaned_data.items() if name not in ("opened", "reason")}
        return given | {name: day.isoformat() if (day := given[name]) else "" for name in when.DAYS}


class WorkForm(PartForm):
    languages = forms.MultipleChoiceField(widget=forms.SelectMultiple(attrs={"size": 8}))
    forget_after_days = forms.IntegerField(
        min_value=1, max_value=365, help_text=_("Names, diet, accessibility and the like; counted from the last day.")
    )

    def choose(self) -> None:
        offer(self, languages=language_choices("", get_language() or "en"))

    def clean_languages(self) -> list[str]:
        """In the order of the list; English first where it is there, for what is not written in the others."""
        chosen = set(self.cleaned_data["languages"])
        return sorted(chosen, key=lambda code: (code != "en", WRITTEN.index(code)))


class DelegationsForm(PartForm):
    most = forms.IntegerField(min_value=1, max_value=100)
    seats = forms.IntegerField(
        required=False, min_value=1, max_value=MOST_PEOPLE, help_text=_("Empty: as many as come.")
    )
    answer_hours = forms.IntegerField(min_value=1, max_value=24 * 30)

    def choose(self) -> None:
        for role in ROLES:
            label = _("Quota: %(role)s") % {"role": Delegate.Role(role).label}
            self.fields[f"quotas_{role}"] = forms.IntegerField(label=label, min_value=0, max_value=50)

    @property
    def item(self) -> parts.Item:
        """The quotas by role."""
        given = self.cleaned_data
        plain = {name: given[name] for name in ("most", "seats", "answer_hours")}
        return plain | {"quotas": {role: given[f"quotas_{role}"] for role in ROLES}}


class HostingForm(PartForm):
    bids_until = Wall(required=False, help_text=_("Empty: no host is looked for."))
    method = forms.ChoiceField(choices=[*labels.METHODS.items()])
    quorum = forms.IntegerField(min_value=1, max_value=100)
    tie = forms.ChoiceField(choices=[*labels.TIES.items()])
    bidders_vote = forms.BooleanField(required=False)


class CasesForm(PartForm):
    TEXTS = {"asked": 6}
    cases_from = Wall(required=False, help_text=_("Empty: from when the edition is announced."))
    cases_until = Wall(required=False, help_text=_("Empty: no cases are asked for."))
    most_cases = forms.IntegerField(min_value=1, max_value=20)
    case_languages = forms.MultipleChoiceField(
        required=False, widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("None: the languages of the edition."),
    )  # fmt: skip
    by_country = forms.BooleanField(
        required=False,
        help_text=_("In any case nobody reads one of a city for which they speak or spoke, or of its partners."),
    )

    def choose(self) -> None:
        offer(self, case_languages=language_choices("", get_language() or "en"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if (first := values.get("cases_from")) and first >= (values.get("cases_until") or first):
            self.add_error("cases_until", _("This is not after what comes before it."))
        return values


class LetterForm(PartForm):
    """The invitation letter; a language without a wording takes the usual one."""

    TEXTS = {"wording": 12, "signed_by": 3}

    def choose(self) -> None:
        for code in self.codes:
            with override(code.lower()):
                usual = inviting.usual()
            said = str(_("Empty: the usual wording. Filled in are: %(places)s."))
            said %= {"places": " ".join(f"{{{name}}}" for name in inviting.PLACES)}
            self.fields[f"wording_{code}"].help_text = said
            self.fields[f"wording_{code}"].widget.attrs["placeholder"] = usual

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for code in self.codes:
            if wrong := inviting.unknown(values.get(f"wording_{code}", "")):
                said = _("Nothing can be filled in here: %(places)s") % {"places": " ".join(wrong)}
                self.add_error(f"wording_{code}", said)
        return values


class CriterionForm(PartForm):
    TEXTS = {"label": 0, "guidance": 3}
    NEEDED = ("label",)
    kind = forms.ChoiceField(choices=[(kind, labels.KINDS[kind]) for kind in KINDS])
    is_required = forms.BooleanField(required=False)


class RubricForm(PartForm):
    LABELS = {**labels.LABELS, "label": _("Criterion")}
    TEXTS = {"label": 0, "guidance": 3}
    NEEDED = ("label",)


class PlaceForm(PartForm):
    TEXTS = {"name": 0, "address": 3}
    NEEDED = ("name",)


class FieldForm(PartForm):
    TEXTS = {"label": 0, "guidance": 3}
    NEEDED = ("label",)
    kind = forms.ChoiceField(choices=[(kind, labels.KINDS[kind]) for kind in KINDS])
    is_required = forms.BooleanField(required=False)
    roles = forms.MultipleChoiceField(
        choices=Delegate.Role.choices, widget=forms.CheckboxSelectMultiple, initial=ROLES,
    )  # fmt: skip
    keep_days = forms.IntegerField(min_value=1, max_value=3650, initial=30)


class QuestionForm(PartForm):
    """A question of the survey."""

    TEXTS = {"label": 0, "guidance": 3, "options": 6}
    NEEDED = ("label",)
    kind = forms.ChoiceField(
        choices=[*labels.ASKED.items()],
        help_text=_(
            "What can be chosen is written one to a line, in every language in the same order. Of a mark from 1 to 5, "
            "two lines say what the first and the last mean."
        ),
    )  # fmt: skip
    is_required = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        first, *others = (f"options_{code}" for code in self.codes)
        wanted = len(surveying.lines(values.get(first, "")))
        if "kind" in values and wanted not in surveying.OPTIONS[values["kind"]]:
            self.add_error(first, _("That many lines do not go with this kind of answer."))
        for name in others:
            if len(surveying.lines(values.get(name, ""))) not in (0, wanted):
                self.add_error(name, _("In every language there are as many lines as in the first."))
        return values


FORMS: dict[str, type[PartForm]] = {
    "about": AboutForm, "when": WhenForm, "work": WorkForm, "delegations": DelegationsForm,
    "hosting": HostingForm, "letter": LetterForm, "places": PlaceForm, "form": FieldForm, "criteria": CriterionForm,
    "survey": QuestionForm,
    "cases": CasesForm, "questions": CriterionForm, "rubric": RubricForm,
}  # fmt: skip


class NewEditionForm(forms.Form):
    """From which edition the next one is cloned, and under which name it begins."""

    slug = forms.SlugField(
        label=_("Name in its address"), max_length=60, widget=forms.TextInput(attrs={"dir": "ltr"}),
        help_text=_("For example the year, as in /conference/2031/. It never changes."),
    )  # fmt: skip
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2999)
    source = forms.ChoiceField(label=_("Begin with the settings of"))

    def __init__(self, *args: Any, sources: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, source=sources)


class HostsForm(forms.Form):
    """The member cities that host an edition, the first one first."""

    first = forms.ChoiceField(label=_("Host city"))
    second = forms.ChoiceField(label=_("Second host city"), required=False)
    third = forms.ChoiceField(label=_("Third host city"), required=False)

    def __init__(self, *args: Any, cities: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nobody = [("", "–")]
        offer(self, first=[*nobody, *cities], second=[*nobody, *cities], third=[*nobody, *cities])

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if len(set(self.slugs)) < len(self.slugs):
            raise forms.ValidationError(_("A city is named twice."))
        return values

    @property
    def slugs(self) -> list[str]:
        """The cities that were chosen, in their order."""
        return [slug for name in ("first", "second", "third") if (slug := self.cleaned_data.get(name))]


class ReasonForm(forms.Form):
    """Why an edition is postponed or cancelled."""

    reason = WrittenField(
        label=_("Reason"), rows=3, max_length=1000,
        error_messages={"required": _("Say why: everybody who reads the edition reads the reason.")},
    )  # fmt: skip
