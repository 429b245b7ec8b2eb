"""The answers of a section as one form: kept as they are typed, whatever is wrong with them is said beside them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from creativecities.calls.compute import answers, checklist
from creativecities.calls.compute.answers import Opened, Place
from creativecities.calls.compute.definition import COUNTED, Item
from creativecities.calls.compute.files import is_empty
from creativecities.exchange.forms.fields import Words
from creativecities.network.compute.words import count_words


class Box:
    """One answer on the page: its question, what was typed, what is wrong with it, and what it was opened with."""

    def __init__(self, form: "AnswersForm", question: Item, row: int) -> None:
        self.form, self.question, self.row = form, question, row
        self.place: Place = (question["key"], row)
        self.name = answers.box(self.place)
        stored = form.stored.get(self.place)
        self.kept: Any = stored.value if stored else None
        self.now = answers.opened(stored.version if stored else 0, self.kept)
        self.is_locked = False
        self.saved: Opened | None = None
        self.clash: Any = None

    @property
    def field(self) -> forms.BoundField:
        """What is typed into."""
        return self.form[f"answer_{self.name}"]

    @property
    def value(self) -> Any:
        """What the page shows: what was typed, else what is kept."""
        if not self.form.is_bound or not self.is_sent:
            return self.kept
        return self.form.cleaned_data.get(f"answer_{self.name}", self.kept)

    @property
    def is_sent(self) -> bool:
        """Whether a page sent this answer: a box that is not ticked is known by its neighbour alone."""
        return f"opened_{self.name}" in self.form.data

    @property
    def opened(self) -> Opened:
        """What the page was opened with, or what is kept now."""
        if self.saved:
            return self.saved
        if self.form.is_bound and self.is_sent:
            return answers.read_opened(self.form.data[f"opened_{self.name}"])
        return self.now

    @property
    def widget(self) -> SafeString:
        """What is typed into, tied to what is said of it."""
        counted = f"words_{self.name} " if self.words is not None else ""
        attrs: dict[str, str | bool] = {"aria-describedby": f"help_{self.name} {counted}told_{self.name}"}
        return SafeString(self.field.as_widget(attrs=attrs))  # the widget escapes

    @property
    def in_words(self) -> str:
        """What is answered, for who reads."""
        if isinstance(self.value, bool):
            return str(_("Yes") if self.value else _("No"))
        labels = {option["key"]: str(option["label"]) for option in self.question["options"]}
        chosen = self.value if isinstance(self.value, list) else [self.value or ""]
        return ", ".join(labels.get(each, str(each)) for each in chosen)

    @property
    def is_typed(self) -> bool:
        """Whether somebody has changed it on the page that was sent."""
        return self.is_sent and answers.mark(self.value) != self.opened.mark

    @property
    def cannot_be_kept(self) -> bool:
        """Whether what was typed is far too long, or was never offered."""
        return f"answer_{self.name}" in self.form.errors or answers.is_too_long(self.value)

    @property
    def is_answered(self) -> bool:
        """Whether anything stands in it."""
        return not is_empty(self.value)

    @property
    def words(self) -> int | None:
        """How many words it has, where they are counted."""
        return count_words(str(self.value or "")) if self.question["kind"] in COUNTED else None

    @property
    def fault(self) -> str | Promise:
        """What is wrong with what was typed; that nothing was is no fault while one writes."""
        if f"answer_{self.name}" in self.form.errors:
            return _("Choose one of those offered.")
        if self.cannot_be_kept:
            return _("This text is far too long to be kept: shorten it.")
        return checklist.fault(self.question, self.value) if self.is_answered else ""


class AnswersForm(forms.Form):
    """Boxes for every question of a section, in a block for each of its rows. Whatever is typed can be kept."""

    use_required_attribute = False

    def __init__(
        self, data: Any, *, leaves: list[tuple[Item, int]], stored: Mapping[Place, Any], language: str
    ) -> None:
        super().__init__(data, prefix=None)
        self.stored = stored
        self.boxes = {(question["key"], row): Box(self, question, row) for question, row in leaves}
        for box in self.boxes.values():
            self.fields[f"answer_{box.name}"] = _field(box, language)

    @property
    def typed(self) -> dict[Place, Any]:
        """What was changed on the page and can be kept, by place."""
        return {place: box.value for place, box in self.boxes.items() if box.is_typed and not box.cannot_be_kept}

    @property
    def has_unkept(self) -> bool:
        """Whether something was typed that cannot be kept at all."""
        return any(box.cannot_be_kept for box in self.boxes.values())


def _field(box: Box, language: str) -> forms.Field:
    kind, question = box.question["kind"], box.question
    given: dict[str, Any] = {"required": False, "label": str(question["label"]), "initial": box.kept}
    if kind == "yes-no":
        return forms.BooleanField(**given)
    if kind in ("choice", "choices"):
        known = [(option["key"], str(option["label"])) for option in question["options"]]
        chosen = [box.kept] if isinstance(box.kept, str) else box.kept if isinstance(box.kept, list) else []
        gone = [(key, key) for key in chosen if key and key not in dict(known)]  # an option that was taken out since
        if kind == "choices":
            many: Any = forms.CheckboxSelectMultiple
            return forms.MultipleChoiceField(choices=[*known, *gone], widget=many, **given)
        return forms.ChoiceField(choices=[("", _("– choose –")), *known, *gone], **given)
    field = Words(rows=8 if kind == "text" else 0, **given)
    field.widget.attrs |= {"lang": language, **_typing(kind, question, box.name)}
    return field


def _typing(kind: str, question: Item, name: str) -> dict[str, Any]:
    """How one types: on which keys of a telephone, in which direction, and whether words are counted."""
    if kind == "number":
        return {"inputmode": "decimal", "dir": "ltr"}
    if kind == "link":
        return {"inputmode": "url", "dir": "ltr", "autocapitalize": "none"}
    return {"data-count": f"words_{name}", "data-most": question["words"]}
