"""What a city's team writes of an initiative: in five minutes, and in full."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.core import days
from creativecities.core.files import LICENCES
from creativecities.core.forms import offer
from creativecities.core.language import short
from creativecities.exchange.compute import when
from creativecities.exchange.forms.fields import Cities, Words
from creativecities.exchange.forms.texts import LONGEST_TEXT
from creativecities.exchange.models import Initiative
from creativecities.exchange.queries import choices
from creativecities.exchange.queries.loading import MANY
from creativecities.network.forms.city import Versioned, spoken_choices
from creativecities.network.models import City

LONGEST_BLOCK, LONGEST_ADDRESS, MOST_ADDRESSES = 5000, 300, 10
OPEN_LICENCES = [(code, name) for code, name in LICENCES.items() if code != "shown-here-only"]
BLOCK_HINTS = {
    "context": _("Where things stood, and why the city began."),
    "done": _("Step by step, so that somebody else could do the same."),
    "together": _("Who did what: the city, its partners, people."),
    "results": _("What is different now; numbers where there are some."),
    "lessons": _("What went wrong or turned out otherwise, and what you would do again."),
    "takeaway": _("What a city elsewhere can use as it is, and what depends on the place."),
}


class ShortForm(forms.Form):
    """Six things, written in five minutes."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Initiative.Kind.choices)
    title = Words(label=_("Title"), max_length=200)
    summary = Words(
        label=_("Summary"), max_length=LONGEST_TEXT, rows=6,
        help_text=_("What it is, in a few sentences that somebody far away understands. At most 4,000 characters."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the text"))
    partners = Cities(
        label=_("Partner cities"), required=False,
        help_text=_("One on each line. Each is asked once this is published, and shown when it has confirmed."),
    )  # fmt: skip
    starts_on = Words(
        label=_("From"), required=False, max_length=20,
        help_text=_("A year, such as 2024, or a day, such as 2024-05-31."),
    )  # fmt: skip
    ends_on = Words(
        label=_("Until"), required=False, max_length=20, help_text=_("The last year or day. Empty if it goes on.")
    )

    def __init__(self, *args: Any, city: City, named: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        """`named` are the partner cities there are, by slug; they may have left the network since."""
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        spoken = str(self.initial.get("language", ""))
        fields["language"].choices = spoken_choices(city, spoken)
        members = choices.members(short(get_language() or "en"), days.today())
        fields["partners"].name_them({**(named or {}), **members}, lead=city.slug)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        starts, ends = values.get("starts_on", ""), values.get("ends_on", "")
        for name, pair in (("starts_on", (starts, "")), ("ends_on", ("", ends)), ("ends_on", (starts, ends))):
            if self.errors.keys() & {"starts_on", "ends_on"}:
                break
            try:
                read = when.read(*pair)
            except ValueError as error:
                self.add_error(name, str(error))
            else:
                written = {each: when.written(getattr(read, each), read.precision) for each in ("starts_on", "ends_on")}
                values |= {each: text for each, text in written.items() if text}
        return values

    @property
    def values(self) -> dict[str, Any]:
        """What the action saves, under the names of `queries.written`."""
        return {name: value for name, value in self.cleaned_data.items() if name != "opened"}


def _block(name: str) -> Words:
    label = Initiative._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return Words(label=label, required=False, max_length=LONGEST_BLOCK, rows=5, help_text=BLOCK_HINTS[name])


def _line(name: str, longest: int, help_text: Any = "", rows: int = 2) -> Words:
    label = Initiative._meta.get_field(name).verbose_name  # type: ignore[union-attr]
    return Words(label=label, required=False, max_length=longest, rows=rows, help_text=help_text)


def _several(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)


class FullForm(ShortForm, Versioned):
    """The whole story; everything beyond the short form can wait."""

    context, done, together = _block("context"), _block("done"), _block("together")
    results, lessons, takeaway = _block("results"), _block("lessons"), _block("takeaway")
    beneficiaries = _line("beneficiaries", 500, _("Which people; name the groups that are often left out."))
    public_partners = _line("public_partners", 300, _("Offices, schools, museums, other levels of government."))
    private_partners = _line("private_partners", 300, _("Businesses, banks, foundations."))
    civil_partners = _line("civil_partners", 300, _("Associations, communities, universities, volunteers."))
    course = forms.ChoiceField(label=_("Course"), required=False, choices=[("", "–"), *Initiative.Course.choices])
    budget = forms.ChoiceField(label=_("Budget"), required=False, choices=[("", "–"), *Initiative.Budget.choices])
    outcome = _line("outcome", LONGEST_BLOCK, _("What came of it in the end, as others can check it."), rows=4)
    evidence = Words(
        label=_("Evidence"), required=False, rows=3, max_length=MOST_ADDRESSES * (LONGEST_ADDRESS + 1),
        help_text=_("Addresses beginning with https://, one on each line, at most 10: reports, articles, recordings."),
    )  # fmt: skip
    fields_ = _several(_("Creative fields"))
    objectives = _several(_("Objectives"))
    areas = _several(_("Areas of action"))
    goals = _several(_("Sustainable Development Goals"))
    licence = forms.ChoiceField(label=_("Licence"), choices=OPEN_LICENCES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fields"] = self.fields.pop("fields_")
        self.initial["evidence"] = "\n".join(self.initial.get("evidence", ()))
        vocabulary = choices.vocabulary(short(get_language() or "en"))
        offer(self, **{name: vocabulary[name] for name in MANY})

    def clean_evidence(self) -> list[str]:
        lines = list(dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["evidence"].split("\n")))))
        if len(lines) > MOST_ADDRESSES:
            raise ValidationError(_("At most %(most)d lines are possible."), params={"most": MOST_ADDRESSES})
        check = URLValidator(schemes=["https"], message=_("Only addresses beginning with https:// are possible."))
        for line in lines:
            check(line)
            if len(line) > LONGEST_ADDRESS:
                raise ValidationError(
                    _("A line has at most %(longest)d characters."), params={"longest": LONGEST_ADDRESS}
                )
        return lines

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in MANY:
            if name in values:
                values[name] = sorted(values[name], key=lambda value: int(value) if value.isdigit() else value)
        return values
