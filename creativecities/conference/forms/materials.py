"""What is typed of a material: a file or a link, its title, its language, and who may have it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from creativecities.conference.models import Material
from creativecities.conference.rules.materials import ASKED
from creativecities.core.forms import offer
from creativecities.exchange.forms.texts import WrittenField
from creativecities.network.compute.languages import choices
from creativecities.network.formats.papers import TYPES
from creativecities.network.models import City

ACCEPTED = ",".join(TYPES[kind] for kind in ASKED["formats"])


class MaterialForm(forms.Form):
    """Either a file or a link."""

    title = WrittenField(label=_("Title"), max_length=200)
    language = forms.ChoiceField(label=_("Language"))
    readers = forms.ChoiceField(label=_("Who may have it"), choices=Material.Readers.choices)
    file = forms.FileField(
        label=_("File"), required=False, allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )  # fmt: skip
    link = forms.URLField(
        label=_("Or a link"), required=False, max_length=500, assume_scheme="https",
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )  # fmt: skip
    city = forms.ChoiceField(label=_("Added by"))

    def __init__(self, *args: Any, adders: Sequence[City | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.adders = {city.slug if city else "": city for city in adders}
        reader = get_language() or "en"
        asked = gettext("PDF or Word, at most %(most)d MB. Save slides as PDF.")
        self.fields["file"].help_text = asked % {"most": ASKED["megabytes"]}
        offer(self, language=choices("", reader))
        offer(self, city=[(slug, city.name if city else _("Secretariat")) for slug, city in self.adders.items()])
        self.fields["language"].initial = reader
        self.fields["city"].required = "" not in self.adders

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if bool(values.get("file")) == bool(values.get("link")) and not {"file", "link"} & self.errors.keys():
            self.add_error("file", _("Add a file or a link, one of them."))
        if values.get("link") and not values["link"].startswith(("http://", "https://")):
            self.add_error("link", _("An address begins with https:// or http://."))
        return values

    @property
    def adder(self) -> City | None:
        """The city that adds it; None is the Secretariat."""
        return self.adders[self.cleaned_data["city"]]

    @property
    def said(self) -> dict[str, str]:
        """What is kept beside the file."""
        return {name: self.cleaned_data[name] for name in ("title", "language", "readers", "link")}
