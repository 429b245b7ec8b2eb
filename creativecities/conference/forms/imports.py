"""What an officer hands in: a file with a programme, and the language its texts are in."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.conference.formats.files import ACCEPTED
from creativecities.conference.models import Edition
from creativecities.core.forms import offer
from creativecities.network.compute.languages import language_name


class ProgrammeFileForm(forms.Form):
    file = forms.FileField(
        label=_("File with the programme"), allow_empty_file=True,  # which is refused with its reason
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        help_text=_("schedule.xml, schedule.json or iCalendar, at most 5 MB."),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Language of its texts"),
        help_text=_("In this language titles and descriptions are written into the draft; the other languages stay."),
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reader = get_language() or "en"
        offer(self, language=[(code, language_name(code, reader)) for code in edition.settings["languages"]])
