"""What the Secretariat types about doors and announcements."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from creativecities.conference.models import Announcement
from creativecities.core.forms import offer
from creativecities.exchange.forms.texts import WrittenField
from creativecities.network.compute.languages import language_name

HOURS = (1, 3, 8, 24, 72)


class DoorForm(forms.Form):
    name = WrittenField(
        label=_("Name of the door"), max_length=80, help_text=_("As it is written above it, for example: North door.")
    )
    session = forms.ChoiceField(
        label=_("Session"), required=False,
        help_text=_("Only those are admitted who may attend it, and it is noted that they came."),
    )  # fmt: skip

    def __init__(self, data: Any, *, sessions: Iterable[tuple[str, str]]) -> None:
        super().__init__(data)
        offer(self, session=[("", _("none: an entrance of the house")), *sessions])


class AnnouncementForm(forms.Form):
    text = WrittenField(label=_("Announcement"), max_length=Announcement.LONGEST, rows=3)
    language = forms.ChoiceField(label=_("Language"))
    hours = forms.TypedChoiceField(label=_("Shown for"), coerce=int)

    def __init__(self, data: Any, *, languages: Iterable[str]) -> None:
        super().__init__(data, initial={"hours": 3})
        reader = get_language() or "en"
        offer(
            self, language=[(code, language_name(code, reader)) for code in languages],
            hours=[(each, ngettext("%(number)d hour", "%(number)d hours", each) % {"number": each}) for each in HOURS],
        )  # fmt: skip
