"""Example data for the gallery of components at `/_ui/`."""

from types import SimpleNamespace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from creativecities.core.refusal import Refusal

FIELDS = "literature film music crafts-and-folk-art design media-arts gastronomy architecture".split()
_SHAPES = "search menu close arrow external download edit calendar globe sun moon person pin check warning link"
ICONS = [f"icon-{name}" for name in _SHAPES.split()]


class _ExampleForm(forms.Form):
    title = forms.CharField(label=_("Title"), max_length=80, help_text=_("At most 80 characters."))
    text = forms.CharField(label=_("Text"), widget=forms.Textarea(attrs={"rows": 3}), required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("a", _("First")), ("b", _("Second"))])
    agree = forms.BooleanField(label=_("I have read this"), required=False)


def examples() -> dict[str, Any]:
    """One of each: an empty form, a form with errors, a refusal, rows of a chart."""
    return {
        "empty_form": _ExampleForm(auto_id="empty_%s"),
        "wrong_form": _ExampleForm({"title": "", "text": "…", "kind": "z"}, auto_id="wrong_%s"),
        "refusal": Refusal(_("The term has ended."), remedy=_("Ask the Secretariat to open a new one.")),
        "bars": [
            SimpleNamespace(label="A", value=12, url="#", css="", glyph=""),
            SimpleNamespace(label="B", value=7, url="#", css="", glyph=""),
        ],
        "glyphs": FIELDS,
        "icons": ICONS,
    }
