"""Rooms and sessions as the Secretariat types them: each text once in every language of the edition."""

import datetime as dt
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from creativecities.conference.compute.written import flat, told
from creativecities.conference.models import Delegate, Edition, Room, Session
from creativecities.core.clocks import exists, instant
from creativecities.core.forms import NO_SUCH_HOUR, Wall, choose_from, offer
from creativecities.core.words import in_language
from creativecities.exchange.forms.texts import WrittenField
from creativecities.network.compute.languages import choices as language_choices
from creativecities.network.compute.languages import language_name
from creativecities.network.forms.city import Versioned
from creativecities.network.models import CreativeField

MOST_SEATS = 100_000


def on_the_wall(at: dt.datetime | None, zone: str) -> str:
    """An instant as a box for day and hour shows it."""
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H:%M") if at else ""


class RoomChoice(forms.ModelChoiceField):  # type: ignore[type-arg] # Django’s class takes none
    """One of the rooms, by its name in the reader's language."""

    def label_from_instance(self, room: Room) -> str:
        return in_language(room.name, get_language() or "en", list(room.name))[0]


class PartForm(Versioned):
    """Something of an edition. `TEXTS` names its texts, with their label and the rows of their boxes; 0 is a line."""

    TEXTS: ClassVar[dict[str, tuple[Any, int]]] = {}
    NEEDED: ClassVar[tuple[str, ...]] = ()

    def __init__(self, data: Any = None, *, edition: Edition, kept: dict[str, Any] | None = None) -> None:
        self.edition = edition
        self.codes: list[str] = edition.settings["languages"]
        super().__init__(data, initial={"opened": 0, **flat(kept or {})})
        reader = get_language() or "en"
        texts = {
            f"{name}_{code}": WrittenField(
                rows=rows, max_length=10_000 if rows else 200, label=f"{label} ({language_name(code, reader)})",
                required=name in self.NEEDED and code == self.codes[0],
            )
            for name, (label, rows) in self.TEXTS.items() for code in self.codes
        }  # fmt: skip
        self.fields = {"opened": self.fields["opened"], **texts, **self.fields}
        self.choose()

    def choose(self) -> None:
        """Fill in what can be chosen."""

    @property
    def item(self) -> dict[str, Any]:
        """What was typed, as the draft keeps it."""
        given = self.cleaned_data
        texts = {
            name: {code: given[f"{name}_{code}"] for code in self.codes if given[f"{name}_{code}"]}
            for name in self.TEXTS
        }
        others = {name: value for name, value in given.items() if name.rpartition("_")[0] not in self.TEXTS}
        return texts | {name: value for name, value in others.items() if name not in ("opened", "stand_over")}

    @property
    def on_top(self) -> dict[str, Any]:
        """The version it was opened with, and whether people may stand over."""
        return {name: self.cleaned_data[name] for name in ("opened", "stand_over")}

    @property
    def values(self) -> dict[str, Any]:
        """What was typed, under the names of an event's facts, to be compared with what somebody else saved."""
        return told(self.item, self.edition.zone)


class RoomForm(PartForm):
    TEXTS = {"name": (_("Name"), 0)}
    NEEDED = ("name",)
    place = forms.ChoiceField(label=_("Place"), required=False)
    capacity = forms.IntegerField(
        label=_("Capacity"), required=False, min_value=1, max_value=MOST_SEATS,
        help_text=_("How many people it holds; empty where nobody counts."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Cabins for interpretation"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )

    stand_over = forms.BooleanField(
        label=_("The last ones who signed up go on the waiting list"), required=False,
        help_text=_("Only where there are fewer seats than people who have one."),
    )  # fmt: skip

    def choose(self) -> None:
        reader = get_language() or "en"
        named = [(each["key"], _name(each, reader)) for each in self.edition.settings["places"]]
        offer(self, place=[("", "–"), *named], languages=language_choices("", reader))


def _name(place: dict[str, Any], reader: str) -> str:
    name = place.get("name", place["key"])
    return in_language(name, reader, list(name))[0] if isinstance(name, dict) else name


class SessionForm(PartForm):
    TEXTS = {"title": (_("Title"), 0), "abstract": (_("What it is about"), 5)}
    NEEDED = ("title",)
    kind = forms.ChoiceField(label=_("Kind"), choices=Session.Kind.choices)
    room = RoomChoice(Room.objects.none(), label=_("Room"), required=False)
    starts_at = Wall(label=_("Begins"), required=False)
    ends_at = Wall(label=_("Ends"), required=False)
    language = forms.ChoiceField(label=_("Spoken language"))
    interpretation = forms.MultipleChoiceField(
        label=_("Interpreted into"), required=False, widget=forms.SelectMultiple(attrs={"size": 6})
    )
    admits = forms.ChoiceField(label=_("Open to"), choices=Session.Admits.choices)
    field = forms.ModelChoiceField(
        CreativeField.objects.none(), label=_("Creative field"), required=False,
        help_text=_("For a session that is for the cities of one field, or about it."),
    )  # fmt: skip
    seats = forms.IntegerField(
        label=_("Seats"), required=False, min_value=1, max_value=MOST_SEATS,
        help_text=_("For signing up; empty: one just comes."),
    )  # fmt: skip
    note = WrittenField(label=_("Note for those who plan"), rows=2, max_length=2000, required=False)
    stand_over = forms.BooleanField(
        label=_("The last ones who signed up go on the waiting list"), required=False,
        help_text=_("Only where there are fewer seats than people who have one."),
    )  # fmt: skip

    def choose(self) -> None:
        languages = language_choices("", get_language() or "en")
        offer(self, language=languages, interpretation=languages)
        choose_from(self, room=self.edition.rooms.all(), field=CreativeField.objects.all())

    def _instant(self, name: str) -> dt.datetime | None:
        """What was typed by the clock of the place."""
        if not (wall := self.cleaned_data.get(name)):
            return None
        if not exists(wall, self.edition.zone):
            self.add_error(name, NO_SUCH_HOUR)
            return None
        return instant(wall, self.edition.zone).astimezone(dt.UTC)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in ("starts_at", "ends_at"):
            values[name] = self._instant(name)
        start, end = values["starts_at"], values["ends_at"]
        if not self.errors and bool(start) != bool(end):
            self.add_error("ends_at", _("Say both when it begins and when it ends, or neither."))
        elif start and end and end <= start:
            self.add_error("ends_at", _("The end must be after the beginning."))
        if values.get("admits") == Session.Admits.FIELD and not values.get("field"):
            self.add_error("field", _("Say for the cities of which field it is."))
        return values


class MoveForm(forms.Form):
    """Which session goes into which room, at which hour of the place. Each session brings its version along."""

    session = forms.ChoiceField(label=_("Session"))
    room = RoomChoice(Room.objects.none(), label=_("Room"), required=False, to_field_name="key")
    starts_at = Wall(label=_("Begins"), required=False)

    def __init__(self, data: Any = None, *, edition: Edition, sessions: list[Session]) -> None:
        self.edition, self.opened = edition, -1
        if data is not None:
            data = self._on_top(data.copy(), {each.slug: each.version for each in sessions})
        super().__init__(data, auto_id="move_%s")
        reader = get_language() or "en"
        named = (in_language(each.title, reader, list(each.title))[0] for each in sessions)
        offer(self, session=[(f"{each.slug}.{each.version}", name) for each, name in zip(sessions, named, strict=True)])
        choose_from(self, room=edition.rooms.all())

    def _on_top(self, data: Any, versions: dict[str, int]) -> Any:
        """What comes back stands on the present version, whichever it was that the page was opened with."""
        slug, _dot, number = data.get("session", "").rpartition(".")
        if slug in versions and number.isascii() and number.isdigit():
            self.opened = int(number[:9])
            data["session"] = f"{slug}.{versions[slug]}"
        return data

    @property
    def slug(self) -> str:
        """Of the session that is moved."""
        return str(self.cleaned_data["session"].rpartition(".")[0])

    def clean_starts_at(self) -> dt.datetime | None:
        wall = self.cleaned_data["starts_at"]
        if wall and not exists(wall, self.edition.zone):
            raise forms.ValidationError(NO_SUCH_HOUR)
        return instant(wall, self.edition.zone).astimezone(dt.UTC) if wall else None


class SpeakerForm(forms.Form):
    """Who is to speak, of those who are confirmed by name."""

    delegate = forms.ModelChoiceField(Delegate.objects.none(), label=_("Who speaks"), to_field_name="code")

    def __init__(self, data: Any = None, *, delegates: Any) -> None:
        super().__init__(data)
        choose_from(self, delegate=delegates)
        self.fields["delegate"].label_from_instance = called  # type: ignore[attr-defined]


def called(delegate: Delegate) -> str:
    """Somebody who can speak, as one chooses them."""
    return f"{delegate.delegation.city.name}: {delegate.name} ({delegate.get_role_display()})"


class ReleaseForm(forms.Form):
    """What is said of a release; `read` says what the officer has looked over."""

    read = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = WrittenField(
        label=_("What is to be said of it"), rows=3, max_length=1000, required=False,
        help_text=_("Everybody reads it above the changes, in the language you write it in."),
    )  # fmt: skip
