"""What is typed of reviewers: whom the Secretariat asks, what they answer, what they declare."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.calls.compute.definition import Definition, languages
from creativecities.calls.models import Application, Conflict
from creativecities.core.forms import choose_from, offer
from creativecities.core.text import fold
from creativecities.exchange.forms.fields import Words
from creativecities.network.compute.languages import language_name
from creativecities.network.forms.secretariat import PersonForm
from creativecities.network.models import City, Country, CreativeField

MOST_FILES = 60
KINDS = [(kind, Conflict.Kind(kind).label) for kind in Conflict.DECLARED]


def field_choices(definition: Definition) -> list[tuple[str, str]]:
    """The fields of a call, by name."""
    return [(each.pk, each.name) for each in CreativeField.objects.filter(pk__in=definition["rules"]["fields"])]


class ReadsForm(forms.Form):
    """What somebody can read."""

    languages = forms.MultipleChoiceField(label=_("Languages you read"), widget=forms.CheckboxSelectMultiple)
    most = forms.IntegerField(label=_("How many files, at most"), min_value=1, max_value=MOST_FILES)

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = get_language() or "en"
        offer(self, languages=[(code, language_name(code, reader)) for code in languages(definition)])


class KnowsForm(ReadsForm):
    """What an expert knows, and where they work: a country's own candidates are not theirs to judge."""

    country = forms.ChoiceField(label=_("Country in which you work"))
    nationality = forms.ChoiceField(label=_("Nationality"), required=False)
    about = Words(
        label=_("What you know, in a few words"), rows=3, max_length=400, required=False,
        help_text=_("It is compared with the files, so that you are given those you know most about."),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = sorted(((each.pk, each.name) for each in Country.objects.all()), key=lambda pair: fold(pair[1]))
        offer(self, country=[("", "–"), *countries], nationality=[("", _("the same")), *countries])

    @property
    def values(self) -> dict[str, Any]:
        """What the action keeps: where they work stands first."""
        given = dict(self.cleaned_data)
        return given | {
            "countries": list(dict.fromkeys(filter(None, (given.pop("country"), given.pop("nationality")))))
        }


class AskExpertForm(KnowsForm, PersonForm):
    """Whom the Secretariat asks from outside; all but the address can be corrected by them."""

    # A field of this name hides no attribute of the form: Django takes declared fields off the class.
    fields = forms.MultipleChoiceField(  # type: ignore[assignment]
        label=_("Creative fields"), widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(label=_("Languages they read"), widget=forms.CheckboxSelectMultiple)
    country = forms.ChoiceField(label=_("Country in which they work"))
    about = Words(label=_("What they know, in a few words"), rows=3, max_length=400, required=False)
    field_order = ["email", "name", "language", "fields", "languages", "country", "nationality", "most", "about"]

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, definition=definition, **kwargs)
        offer(self, fields=field_choices(definition))


class AskCityForm(forms.Form):
    """Somebody of a member city's team."""

    city = forms.ModelChoiceField(label=_("City"), queryset=City.objects.none(), to_field_name="slug")
    email = forms.EmailField(label=_("E-mail address of somebody of its team"))

    def __init__(self, *args: Any, cities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, city=cities)


class AskCitiesForm(forms.Form):
    """The focal points of all member cities of some fields."""

    # A field of this name hides no attribute of the form: Django takes declared fields off the class.
    fields = forms.MultipleChoiceField(  # type: ignore[assignment]
        label=_("Creative fields"), widget=forms.CheckboxSelectMultiple
    )
    sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, fields=field_choices(definition))


class PromiseForm(forms.Form):
    """Nothing is typed: the button says it all."""


class WhyForm(forms.Form):
    """Why somebody declines or leaves."""

    reason = Words(label=_("Reason"), rows=2, max_length=500, help_text=_("The Secretariat reads it."))


class ConflictForm(forms.Form):
    """One conflict with one of the files somebody could be given."""

    file = forms.ChoiceField(label=_("Candidate"))
    kind = forms.ChoiceField(label=_("Kind of conflict"), choices=[("", "–"), *KINDS])
    detail = Words(label=_("What ties you to it"), max_length=300)

    def __init__(self, *args: Any, candidates: Sequence[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {each.code: each for each in candidates}
        offer(self, file=[("", "–"), *((each.code, named(each)) for each in candidates)])

    @property
    def ties(self) -> dict[Application, tuple[str, str]]:
        """What was typed, as the action takes it."""
        given = self.cleaned_data
        return {self.candidates[given["file"]]: (given["kind"], given["detail"])}


class DeclarationForm(forms.Form):
    """The conflicts with all the candidates somebody could be given: for each a kind and a word, or neither."""

    def __init__(self, *args: Any, candidates: Iterable[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = list(candidates)
        for each in self.candidates:
            words = {"candidate": named(each)}
            attrs = {"dir": "auto", "aria-label": _("What ties you to %(candidate)s") % words}
            self.fields[f"kind_{each.code}"] = forms.ChoiceField(
                required=False, choices=[("", _("none")), *KINDS],
                widget=forms.Select(attrs={"aria-label": _("Conflict with %(candidate)s") % words}),
            )  # fmt: skip
            self.fields[f"detail_{each.code}"] = Words(
                required=False, max_length=300, widget=forms.TextInput(attrs=attrs)
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for each in self.candidates:
            kind, detail = values.get(f"kind_{each.code}"), values.get(f"detail_{each.code}")
            if bool(kind) != bool(detail):
                self.add_error(f"detail_{each.code}", _("A conflict has a kind and a word on it."))
        return values

    @property
    def offered(self) -> list[tuple[Application, Any, Any]]:
        """Each candidate with its two fields."""
        return [(each, self[f"kind_{each.code}"], self[f"detail_{each.code}"]) for each in self.candidates]

    @property
    def ties(self) -> dict[Application, tuple[str, str]]:
        """What was declared, by file."""
        given = self.cleaned_data
        found = {each: (given[f"kind_{each.code}"], given[f"detail_{each.code}"]) for each in self.candidates}
        return {each: tie for each, tie in found.items() if tie[0]}


def named(application: Application) -> str:
    """A candidate by city and country, which is all that a reviewer sees before a file is given."""
    return f"{application.city_name}, {application.country.name}"
