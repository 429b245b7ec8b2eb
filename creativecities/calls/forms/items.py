"""What a call has several of: sections, questions, documents, criteria, answers to questions that are often asked."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.calls.compute import labels, options
from creativecities.calls.compute.changes import called
from creativecities.calls.compute.definition import COUNTED, Item
from creativecities.calls.forms.parts import PartForm
from creativecities.core.forms import offer
from creativecities.exchange.forms.fields import Words
from creativecities.network.formats.papers import FORMATS

MOST_WORDS, MOST_OPTIONS = 5000, 50


class SectionForm(PartForm):
    TEXTS = {"label": 0, "guidance": 4}
    NEEDED = ("label",)
    is_personal = forms.BooleanField(
        required=False, help_text=_("Its answers are deleted when the files of the call are no longer kept.")
    )


class QuestionForm(PartForm):
    TEXTS = {"label": 2, "guidance": 4}
    NEEDED = ("label",)
    section = forms.ChoiceField()
    block = forms.ChoiceField(required=False, help_text=_("Asked once for each repetition of the block."))
    kind = forms.ChoiceField(choices=[*labels.KINDS.items()])
    words = forms.IntegerField(
        required=False, min_value=1, max_value=MOST_WORDS,
        help_text=_("For lines and texts; counted in one way for every script, and enforced."),
    )  # fmt: skip
    most = forms.IntegerField(
        required=False, min_value=1, max_value=20, help_text=_("For blocks: how many times it can be answered.")
    )
    options = Words(
        rows=4, required=False, max_length=5000,
        help_text=_("For questions with a choice: one on each line, the languages in their order with “ | ” between."),
    )  # fmt: skip
    is_required = forms.BooleanField(required=False)

    def choose(self) -> None:
        reader = get_language() or "en"
        said = self.definition
        own = self.before.get("key")
        blocks = [each for each in said["questions"] if each["kind"] == "block" and each["key"] != own]
        offer(self, section=[(each["key"], called(each, said, reader)) for each in said["sections"]])
        offer(self, block=[("", "–"), *((each["key"], called(each, said, reader)) for each in blocks)])

    def shown(self, values: dict[str, Any]) -> dict[str, Any]:
        options = [option["label"] for option in values.get("options", ())]
        lines = (" | ".join(label.get(code, "") for code in self.codes) for label in options)
        return values | {"options": "\n".join(lines)}

    def clean_options(self) -> list[Item]:
        """Each keeps the key it had, also when it is worded anew in its place: answers are kept under it."""
        lines = [line.strip() for line in self.cleaned_data["options"].splitlines() if line.strip()]
        if len(lines) > MOST_OPTIONS:
            raise forms.ValidationError(_("At most %(most)d lines are possible."), params={"most": MOST_OPTIONS})
        labels_ = [self._option(at, line) for at, line in enumerate(lines, 1)]
        keys = options.keys_for(labels_, self.before.get("options", []))
        return [{"key": key, "label": label} for key, label in zip(keys, labels_, strict=True)]

    def _option(self, at: int, line: str) -> dict[str, str]:
        words = [part.strip() for part in line.split("|")]
        if len(words) != len(self.codes):
            raise forms.ValidationError(
                _("Line %(number)d has %(found)d languages, the call has %(wanted)d."),
                params={"number": at, "found": len(words), "wanted": len(self.codes)},
            )
        return dict(zip(self.codes, words, strict=True))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("kind") == "block" and values.get("block"):
            self.add_error("block", _("A block does not stand in another."))
        if block := next((each for each in self.definition["questions"] if each["key"] == values.get("block")), None):
            values["section"] = block["section"]
        if values.get("kind") not in COUNTED:
            values["words"] = None
        if values.get("kind") != "block":
            values["most"] = None
        return values


class DocumentForm(PartForm):
    TEXTS = {"label": 0, "guidance": 3}
    NEEDED = ("label",)
    count = forms.IntegerField(min_value=1, max_value=20, initial=1)
    formats = forms.MultipleChoiceField(choices=[*FORMATS.items()], widget=forms.CheckboxSelectMultiple)
    megabytes = forms.IntegerField(min_value=1, max_value=100, initial=10)
    pages = forms.IntegerField(required=False, min_value=1, max_value=500)
    by = forms.ChoiceField(choices=[*labels.ADDED_BY.items()], required=False)
    goes_with = forms.ChoiceField(
        required=False, help_text=_("For a paper that belongs to another, as the cession of rights to a photograph.")
    )

    def choose(self) -> None:
        reader = get_language() or "en"
        papers = [each for each in self.definition["documents"] if each["key"] != self.before.get("key")]
        others = [(each["key"], called(each, self.definition, reader)) for each in papers]
        offer(self, goes_with=[("", "–"), *others])

    def clean_by(self) -> str:
        return self.cleaned_data["by"] or "city"


class CriterionForm(PartForm):
    TEXTS = {"label": 0, "guidance": 4, "anchors": 6}
    NEEDED = ("label",)
    weight = forms.IntegerField(min_value=0, max_value=1000, help_text=_("Relative to the others of its group."))
    groups = forms.MultipleChoiceField(choices=[*labels.GROUPS.items()], widget=forms.CheckboxSelectMultiple)


class AnswerForm(PartForm):
    TEXTS = {"question": 0, "answer": 5}
    NEEDED = ("question", "answer")


FORMS: dict[str, type[PartForm]] = {
    "sections": SectionForm, "questions": QuestionForm, "documents": DocumentForm, "criteria": CriterionForm,
    "answers": AnswerForm,
}  # fmt: skip
