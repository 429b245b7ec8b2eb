"""What a delegation writes in its trip report, and how the report of the conference is arranged."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.conference.compute import reporting
from creativecities.conference.compute.reporting import Place
from creativecities.conference.models import TripReport
from creativecities.conference.queries.reports import PART_LABELS
from creativecities.conference.queries.trips import Box
from creativecities.core.forms import offer
from creativecities.core.text import legible
from creativecities.exchange.forms.texts import WrittenField
from creativecities.exchange.models import Initiative, Need
from creativecities.network.compute.languages import language_name
from creativecities.network.forms.city import Versioned, spoken_choices
from creativecities.network.models import City


class LanguageForm(forms.Form):
    """In which language one writes now."""

    language = forms.ChoiceField(label=_("I write in"))

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, language=spoken_choices(city))


class HandInForm(forms.Form):
    """With whom a report is shared."""

    shared = forms.ChoiceField(
        label=_("Share it with"), choices=TripReport.Shared.choices, widget=forms.RadioSelect,
        help_text=_("Impressions are shown with the role, never with the name. What is shared with everybody can stand "
                    "in the report of the conference for all to read."),
    )  # fmt: skip


class PointForm(forms.Form):
    """What of the city's an idea became."""

    to = forms.ChoiceField(label=_("This idea became"), required=False)

    def __init__(self, *args: Any, initiatives: Iterable[Initiative], needs: Iterable[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.things: dict[str, Initiative | Need] = {f"initiative-{each.pk}": each for each in initiatives}
        self.things |= {f"need-{each.pk}": each for each in needs}
        offer(self, to=[("", _("nothing yet")), *((key, str(each)) for key, each in self.things.items())])

    @property
    def thing(self) -> Initiative | Need | None:
        """What was chosen."""
        return self.things.get(self.cleaned_data["to"])


class ReportForm(Versioned):
    """The introduction in each language of the site, and the place of each part."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.codes, reader = [code for code, _name in settings.LANGUAGES], get_language() or "en"
        for name in reporting.PARTS:
            self.fields[f"place_{name}"] = forms.IntegerField(
                label=PART_LABELS[name], min_value=0, max_value=len(reporting.PARTS)
            )
        for code in self.codes:
            self.fields[f"introduction_{code}"] = WrittenField(
                label=f"{_('Introduction')} ({language_name(code, reader)})", rows=8, max_length=20_000, required=False
            )

    @property
    def introduction(self) -> dict[str, str]:
        return {code: text for code in self.codes if (text := self.cleaned_data[f"introduction_{code}"])}

    @property
    def places(self) -> dict[str, int]:
        return {name: self.cleaned_data[f"place_{name}"] for name in reporting.PARTS}


def typed(data: Mapping[str, str], boxes: Iterable[Box]) -> list[Box]:
    """The boxes that were sent, with what was typed, legible, and the version they were opened with."""
    found = []
    given_up, (on_top, _space, version) = data.get("theirs", ""), data.get("top", "").partition(" ")
    for box in boxes:
        if (text := data.get(f"answer_{box.name}")) is None or box.name == given_up:
            continue
        box.text = legible(text.replace("\r\n", "\n")).strip()
        opened = version if box.name == on_top else data.get(f"opened_{box.name}", "")
        box.opened = int(opened) if opened.isascii() and opened.isdigit() and len(opened) < 10 else 0
        found.append(box)
    return found


def asked(data: Mapping[str, str]) -> list[Place]:
    """The boxes that a page sends or asks for, whether or not there is such a thing."""
    names = [name.removeprefix("answer_") for name in data if name.startswith("answer_")]
    places = [(kind, key) for name in names for kind, _low, key in [name.partition("_")]]
    return [*places, *((kind, data[kind]) for kind in (reporting.SESSION, reporting.CITY) if data.get(kind))]
