"""What delegates say of themselves, or their team for them."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from creativecities.conference.models import Delegate, Needs
from creativecities.conference.queries import delegations, needs
from creativecities.conference.queries.needs import Question
from creativecities.core.forms import offer
from creativecities.exchange.forms.texts import WrittenField
from creativecities.network.forms.city import Versioned


class NeedsForm(Versioned):
    """When somebody is there, what they speak and need, and who reads their name."""

    days = forms.MultipleChoiceField(
        label=_("Days they are there"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all days."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Languages they speak"), required=False, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    consent = forms.ChoiceField(
        label=_("Who reads their name in the list of participants"), choices=Delegate.Consent.choices,
        help_text=_("Only what they have agreed to."),
    )  # fmt: skip
    diet = WrittenField(label=_("Diet"), required=False, max_length=300)
    access = WrittenField(
        label=_("What they need to take part"), required=False, max_length=2000, rows=3,
        help_text=_("Step-free ways, a seat in front, sign language, somebody who comes along …"),
    )  # fmt: skip

    def __init__(self, data: Any, *, delegate: Delegate, said: Needs) -> None:
        sent = delegate.delegation
        self.questions = needs.questions(sent.edition, delegate.role)
        initial = {name: getattr(delegate, name) for name in ("days", "languages", "consent")}
        initial |= {"diet": said.diet, "access": said.access, "opened": sent.version}
        initial |= {f"answer_{each.key}": said.answers.get(each.key) for each in self.questions}
        super().__init__(data, initial=initial)
        offer(
            self,
            languages=delegations.spoken(sent.edition, sent.city),
            days=[(day.isoformat(), date_format(day, "DATE_FORMAT")) for day in delegations.days_of(sent.edition)],
        )
        for each in self.questions:
            self.fields[f"answer_{each.key}"] = _field(each)

    @property
    def values(self) -> dict[str, Any]:
        """What the action saves; questions without an answer are left out."""
        said = self.cleaned_data
        given = {each.key: said[f"answer_{each.key}"] for each in self.questions}
        kept = {name: said[name] for name in ("days", "languages", "consent", "diet", "access")}
        return kept | {"answers": {key: value for key, value in given.items() if value not in ("", None, False)}}


def _field(question: Question) -> forms.Field:
    said: dict[str, Any] = {
        "label": question.label, "help_text": question.guidance,
        "required": question.is_required and question.kind != "yes-no",
    }  # fmt: skip
    if question.kind == "yes-no":
        return forms.BooleanField(**said)
    if question.kind == "number":
        return forms.IntegerField(min_value=0, max_value=1_000_000, **said)
    return WrittenField(max_length=2000 if question.kind == "text" else 300,
                        rows=4 if question.kind == "text" else 0, **said)  # fmt: skip


class InviteForm(forms.Form):
    """In which language somebody is invited to see their entry."""

    language = forms.ChoiceField(label=_("Language of the invitation"), choices=settings.LANGUAGES)
