"""What is typed of cases: by the city, by a reader, by the Secretariat."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.conference.compute import definition
from creativecities.conference.forms.answers import AnswersForm
from creativecities.conference.models import Case, CaseReading, Delegate, Edition
from creativecities.conference.queries import cases
from creativecities.conference.rules.programme import LISTENERS
from creativecities.core.clocks import exists, instant
from creativecities.core.forms import NO_SUCH_HOUR, Wall, choose_from, offer
from creativecities.exchange.forms.texts import WrittenField
from creativecities.exchange.models import Initiative
from creativecities.network.compute.languages import language_name
from creativecities.network.forms.city import Versioned
from creativecities.network.forms.secretariat import PersonForm
from creativecities.network.models import City

SPEAKERS = [(role.value, role.label) for role in Delegate.Role if role not in LISTENERS]


def languages(edition: Edition) -> list[tuple[str, str]]:
    """In which cases of an edition are written, by name."""
    reader = get_language() or "en"
    return [(code, language_name(code, reader)) for code in definition.case_languages(edition.settings)]


class BeginForm(forms.Form):
    """Of which record a case tells."""

    initiative = forms.ModelChoiceField(
        label=_("What you tell of"), queryset=Initiative.objects.none(),
        help_text=_("Title, summary and partners are those of the record: nothing is written twice."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the case"))

    def __init__(self, *args: Any, edition: Edition, city: City, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, initiative=cases.to_tell(edition, city))
        offer(self, language=languages(edition))
        self.fields["language"].initial = get_language()


class CaseForm(AnswersForm):
    """The case itself; nothing is needed before it is handed in."""

    angle = WrittenField(
        label=_("What it has to do with the theme"), rows=4, max_length=2000, required=False,
    )  # fmt: skip
    story = WrittenField(label=_("What you would tell"), rows=8, max_length=6000, required=False)
    format = forms.ChoiceField(label=_("Form"), choices=Case.Format.choices)
    speaker = forms.ChoiceField(
        label=_("Who would speak"), choices=SPEAKERS, help_text=_("Who it is, your delegation says later.")
    )
    language = forms.ChoiceField(label=_("Language of the case"))

    def __init__(self, data: Any, *, case: Case) -> None:
        kept = {name: getattr(case, name) for name in Case.TEXTS if name != "answers"}
        asked = definition.listed(case.edition.settings, "questions")
        super().__init__(data, items=asked, answers=case.answers, kept={"opened": case.version, **kept})
        offer(self, language=languages(case.edition))

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, as the case keeps it."""
        given = {name: self.cleaned_data[name] for name in Case.TEXTS if name != "answers"}
        return {**given, "answers": self.answers}


class AcceptForm(forms.Form):
    """Which languages a reader reads."""

    languages = forms.MultipleChoiceField(label=_("Languages you read"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, languages=languages(edition))


class AskReaderForm(PersonForm):
    """Whom the Secretariat asks to read."""

    languages = forms.MultipleChoiceField(label=_("Languages they read"), widget=forms.CheckboxSelectMultiple)
    city = forms.ModelChoiceField(
        label=_("City for which they work"), queryset=City.objects.none(), required=False,
        help_text=_("They get no case of it. Cities of their mandates are known."),
    )  # fmt: skip

    def __init__(self, *args: Any, edition: Edition, members: Iterable[City], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, languages=languages(edition))
        choose_from(self, city=City.objects.filter(pk__in=[each.pk for each in members]).order_by("name"))


class ReadingForm(Versioned):
    """What a reader thinks of a case: points by criterion, an advice, and why."""

    advice = forms.ChoiceField(
        label=_("What you advise"), choices=[("", "–"), *CaseReading.Advice.choices], required=False
    )
    reasons = WrittenField(
        label=_("Why"), rows=6, max_length=6000, required=False,
        help_text=_("The Secretariat reads it, and the other reader once both judgments are final. The city does not."),
    )  # fmt: skip

    def __init__(self, data: Any, *, reading: CaseReading) -> None:
        self.rubric = cases.worded(reading.case.edition, "rubric")
        points = {f"points_{item['key']}": reading.points.get(item["key"]) for item in self.rubric}
        kept = {"opened": reading.version, "advice": reading.advice, "reasons": reading.reasons, **points}
        super().__init__(data, initial=kept)
        choices = [("", "–"), *((number, str(number)) for number in definition.POINTS)]
        asked: dict[str, forms.Field] = {
            f"points_{item['key']}": forms.TypedChoiceField(
                label=str(item["label"]), help_text=str(item["guidance"]), choices=choices, coerce=int,
                empty_value=None, required=False,
            )
            for item in self.rubric
        }  # fmt: skip
        self.fields = {"opened": self.fields.pop("opened"), **asked, **self.fields}

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, as the reading keeps it."""
        given = self.cleaned_data
        points = {item["key"]: given[f"points_{item['key']}"] for item in self.rubric}
        said = {key: number for key, number in points.items() if number is not None}
        return {"points": said, "advice": given["advice"], "reasons": given["reasons"]}


class GiveBackForm(forms.Form):
    """Why a reader gives a case back."""

    reason = WrittenField(label=_("Why you cannot judge it"), rows=2, max_length=1000)


class SendBackForm(Versioned):
    """What the city is asked to change, and until when."""

    wanted = WrittenField(
        label=_("What is to be changed"), rows=4, max_length=4000, help_text=_("The city reads it. It is asked once.")
    )
    until = Wall(label=_("Until"))

    def __init__(self, data: Any, *, case: Case) -> None:
        super().__init__(data, initial={"opened": case.version}, auto_id="back_%s")  # beside the decision
        self.edition = case.edition

    def clean_until(self) -> dt.datetime:
        wall = self.cleaned_data["until"]
        if not exists(wall, self.edition.zone):
            raise forms.ValidationError(NO_SUCH_HOUR)
        return instant(wall, self.edition.zone)


class DecisionForm(Versioned):
    """What becomes of a case, and why."""

    verb = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[("select", _("selected")), ("keep", _("on the waiting list")), ("turn_down", _("not selected"))],
    )  # fmt: skip
    reason = WrittenField(label=_("Reason"), rows=4, max_length=4000, help_text=_("The city reads it."))

    def __init__(self, data: Any, *, case: Case) -> None:
        super().__init__(data, initial={"opened": case.version})
