"""What a city's team types: turned into clean values, never saved here."""

from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from creativecities.core.files import LICENCES
from creativecities.core.forms import offer
from creativecities.network.compute.languages import choices
from creativecities.network.compute.words import count_words
from creativecities.network.models import City, CityName

FEWEST_WORDS, MOST_WORDS = 20, 400
MOST_KEYWORDS, LONGEST_KEYWORD = 12, 60
MOST_CHALLENGES, LONGEST_CHALLENGE = 8, 200
MOST_LINKS = 8
DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def spoken_choices(city: City, *also: str) -> list[tuple[str, str]]:
    """The languages of the city's country and the common ones, in the reader's language."""
    return choices(city.country.languages, get_language() or "en", *also)


class Versioned(forms.Form):
    """A form that says which version it was opened with."""

    opened = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class PortraitForm(Versioned):
    text = forms.CharField(
        label=_("Portrait"),
        help_text=_("What makes the city creative, in 20 to 400 words: places, people, works and dates."),
        widget=forms.Textarea(
            attrs={
                "rows": 14, "dir": "auto",
                "data-count": "word-count", "data-fewest": FEWEST_WORDS, "data-most": MOST_WORDS,
            }
        ),
    )  # fmt: skip
    keywords = forms.CharField(
        label=_("Keywords"), required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("One on each line, at most 12: festivals, places, crafts, people."),
    )  # fmt: skip
    challenges = forms.CharField(
        label=_("Challenges"), required=False, widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("One on each line, at most 8: what the city works on."),
    )  # fmt: skip
    source = forms.CharField(
        label=_("Source"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("Where this can be read: a title, or addresses with a semicolon between them."),
    )  # fmt: skip
    is_original = forms.BooleanField(
        label=_("This is the language the portrait was first written in"), required=False,
        help_text=_("The other languages are then shown as translations made by people."),
    )  # fmt: skip

    def clean_text(self) -> str:
        text = _unix(self.cleaned_data["text"])
        count = count_words(text)
        if count > MOST_WORDS:
            many = ngettext("%(count)d word; %(most)d at most.", "%(count)d words; %(most)d at most.", count)
            raise forms.ValidationError(many % {"count": count, "most": MOST_WORDS})
        if count < FEWEST_WORDS:
            few = ngettext("%(count)d word; %(fewest)d at least.", "%(count)d words; %(fewest)d at least.", count)
            raise forms.ValidationError(few % {"count": count, "fewest": FEWEST_WORDS})
        return text

    def clean_keywords(self) -> list[str]:
        return _lines(self.cleaned_data["keywords"], most=MOST_KEYWORDS, longest=LONGEST_KEYWORD)

    def clean_challenges(self) -> list[str]:
        return _lines(self.cleaned_data["challenges"], most=MOST_CHALLENGES, longest=LONGEST_CHALLENGE)

    def clean_source(self) -> str:
        return _unix(self.cleaned_data["source"])

    @property
    def values(self) -> dict[str, Any]:
        """What the action saves."""
        return {name: self.cleaned_data[name] for name in ("text", "keywords", "challenges", "source", "is_original")}


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lines(text: str, *, most: int, longest: int) -> list[str]:
    """The lines of a text without doubles. Raises ValidationError for too many, or for one too long."""
    lines = list(dict.fromkeys(line for each in _unix(text).split("\n") if (line := " ".join(each.split()))))
    if len(lines) > most:
        raise forms.ValidationError(_("At most %(most)d lines are possible."), params={"most": most})
    if any(len(line) > longest for line in lines):
        raise forms.ValidationError(_("A line has at most %(longest)d characters."), params={"longest": longest})
    return lines


class LanguageForm(forms.Form):
    """Which language of the portrait is meant."""

    language = forms.ChoiceField(label=_("Language"))

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, language=spoken_choices(city))


class ContactForm(Versioned):
    office = forms.CharField(
        label=_("Office"), required=False, max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("Which office answers for the network. No names of people: they are kept as mandates."),
    )  # fmt: skip
    office_email = forms.EmailField(
        label=_("E-mail of the office"), required=False,
        help_text=_("Shown to everybody. Use an address of the office, not of a person."),
    )  # fmt: skip
    website = forms.URLField(
        label=_("Website"), required=False, max_length=300, assume_scheme="https",
        validators=[URLValidator(schemes=["http", "https"])], widget=forms.URLInput(attrs={"dir": "ltr"}),
    )  # fmt: skip


class LocalNameForm(Versioned):
    local_name = forms.CharField(
        label=_("Name in the city’s own language"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip
    local_language = forms.ChoiceField(label=_("Its language"), required=False)

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        options = [("", _("– choose –")), *spoken_choices(city, city.local_language)]
        offer(self, local_language=options)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("local_name") and not values.get("local_language"):
            self.add_error("local_language", _("Choose the language this name is in."))
        return values


class RenameForm(Versioned):
    name = forms.CharField(label=_("English name"), max_length=100)
    since = forms.DateField(
        label=_("Since"),
        widget=DATE,
        help_text=_("The day on which the city took this name. The address of its page stays."),
    )


class NameForm(forms.Form):
    """Another name of the city."""

    name = forms.CharField(label=_("Name of the city"), max_length=160, widget=forms.TextInput(attrs={"dir": "auto"}))
    language = forms.ChoiceField(label=_("Language"))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[
            (CityName.OTHER, _("Name in another language")),
            (CityName.LOCAL, _("Local name")),
            (CityName.FORMER, _("Former name")),
        ],
    )
    start = forms.DateField(label=_("From"), required=False, widget=DATE)
    end = forms.DateField(
        label=_("Until"), required=False, widget=DATE, help_text=_("The first day it was no longer the name.")
    )
    source = forms.CharField(label=_("Source"), required=False, max_length=200)

    def __init__(self, *args: Any, city: City, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, language=spoken_choices(city, city.local_language))
        self.fields["language"].initial = city.local_language or "en"

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        start, end = values.get("start"), values.get("end")
        if start and end and end <= start:
            self.add_error("end", _("The end must be after the beginning."))
        if values.get("kind") == CityName.FORMER and not end and "end" not in self.errors:
            self.add_error("end", _("A former name needs the day on which it ended."))
        return values


class LinkForm(forms.Form):
    """One link; left empty it is taken away."""

    label = forms.CharField(
        label=_("Link text"), required=False, max_length=80, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    url = forms.URLField(
        label=_("Address"), required=False, max_length=300, assume_scheme="https",
        validators=[URLValidator(schemes=["https"], message=_("Only addresses beginning with https:// are possible."))],
        widget=forms.URLInput(attrs={"dir": "ltr", "placeholder": "https://"}),
    )  # fmt: skip
    position = forms.IntegerField(
        label=_("Position"),
        min_value=1,
        max_value=99,
        required=False,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("url") and not values.get("label"):
            self.add_error("label", _("Say in a few words where this leads."))
        if values.get("label") and not values.get("url") and "url" not in self.errors:
            self.add_error("url", _("The address is missing."))
        return values


class LinkFormSet(forms.BaseFormSet[LinkForm]):
    """The links in their order."""

    @property
    def links(self) -> list[dict[str, str]]:
        """What the action saves: filled rows, by place, then by row."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("url")]
        rows.sort(key=lambda row: row.get("position") or 99)
        return [{"label": row["label"], "url": row["url"]} for row in rows]


Links = forms.formset_factory(
    LinkForm, formset=LinkFormSet, extra=3, max_num=MOST_LINKS, absolute_max=MOST_LINKS, validate_max=True
)


class LinksVersion(Versioned):
    """The version with which the list of links was opened, and the rows that belong to it."""

    def __init__(self, *args: Any, rows: LinkFormSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = rows

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.rows.is_valid():
            raise forms.ValidationError(_("One of the links is not right: see below."))
        return values

    @property
    def values(self) -> dict[str, Any]:
        """What is compared with what another person saved."""
        return {"links": self.rows.links}


class PictureWordsForm(forms.Form):
    """The words and the rights of a picture."""

    alt = forms.CharField(
        label=_("Description"), max_length=300, widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("What is to be seen, for those who cannot see it."),
    )  # fmt: skip
    credit = forms.CharField(
        label=_("Author"), max_length=200, help_text=_("Who made it, as they want to be named."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )  # fmt: skip
    licence = forms.ChoiceField(label=_("Licence"), choices=list(LICENCES.items()))


class PictureForm(PictureWordsForm):
    file = forms.FileField(
        label=_("Picture"), max_length=200, widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        help_text=_("JPEG, PNG or WebP, up to 12 MB. Place and camera data are removed."),
    )  # fmt: skip
    holds_rights = forms.BooleanField(
        label=_("The city holds the rights to this picture and may publish it under this licence"),
        error_messages={"required": _("Without this statement the picture cannot be shown.")},
    )
    field_order = ["file", "alt", "credit", "licence", "holds_rights"]


class ReasonForm(forms.Form):
    """Why a picture is taken down."""

    reason = forms.CharField(
        label=_("Reason"), max_length=200, help_text=_("The city’s team reads it, in the mail and beside the picture.")
    )
