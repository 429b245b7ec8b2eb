"""A survey as a form: its days, and what a participant answers."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creativecities.conference.compute.surveying import CHOICES, TEXT, Question
from creativecities.conference.queries import surveys
from creativecities.exchange.forms.texts import WrittenField
from creativecities.network.forms.city import DATE, Versioned

LONGEST = 2000


class DaysForm(Versioned):
    """When the survey is open."""

    opens_on = forms.DateField(label=gettext_lazy("Opens on"), widget=DATE)
    closes_on = forms.DateField(
        label=gettext_lazy("Closes on"), widget=DATE,
        help_text=gettext_lazy("The first day on which nobody answers any more."),
    )  # fmt: skip


class AnswerForm(forms.Form):
    """The questions of a survey, one after the other."""

    def __init__(self, data: Any, *, questions: list[Question]) -> None:
        super().__init__(data)
        self.questions = questions
        self.fields = {each.key: _field(each) for each in questions}

    @property
    def values(self) -> dict[str, Any]:
        """What was answered; questions without an answer are left out."""
        given = {each.key: self.cleaned_data[each.key] for each in self.questions}
        return {key: value for key, value in given.items() if value}


def _field(asked: Question) -> forms.Field:
    said: dict[str, Any] = {"label": str(asked.label), "help_text": asked.guidance, "required": asked.is_required}
    if asked.kind == TEXT:
        return WrittenField(max_length=LONGEST, rows=5, **said)
    choices = [(value, surveys.label(asked, value)) for value in asked.values]
    if asked.kind == CHOICES:
        return forms.MultipleChoiceField(choices=choices, widget=forms.CheckboxSelectMultiple, **said)
    nothing = [] if asked.is_required else [("", _("no answer"))]
    return forms.ChoiceField(choices=[*choices, *nothing], widget=forms.RadioSelect, **said)
