"""Fields of the forms of initiatives: words without what nobody sees, lines, and cities by their names."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from creativecities.core import days
from creativecities.core.text import fold, legible
from creativecities.exchange.rules import wanted as rules
from creativecities.network.forms.city import DATE

MOST_PARTNERS = 40
SPARE_LINES = 3
USUALLY_OPEN = dt.timedelta(days=90)


class Words(forms.CharField):
    """A text as everybody will see it; its length counts after that. Without `rows` it is one line."""

    def __init__(self, *, rows: int = 0, **kwargs: Any) -> None:
        self.rows = rows
        attrs = {"dir": "auto"}
        widget = forms.Textarea(attrs={**attrs, "rows": rows}) if rows else forms.TextInput(attrs=attrs)
        super().__init__(widget=kwargs.pop("widget", widget), **kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        text = legible(text.replace("\r\n", "\n").replace("\r", "\n")).strip()
        return text if self.rows else " ".join(text.split())


class LastDay(forms.DateField):
    """The last day of something that is open to others: between today and a year from today."""

    def __init__(self, **kwargs: Any) -> None:
        hint = gettext_lazy("At most a year from today.")
        super().__init__(widget=DATE, initial=_usual_last_day, help_text=hint, **kwargs)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and (refusal := rules.last_day(value)):
            raise forms.ValidationError(str(refusal))


def _usual_last_day() -> dt.date:
    return days.today() + USUALLY_OPEN


class CityLines(forms.TextInput):
    """One line for each city, and some that are empty; the browser offers the names of the member cities."""

    def __init__(self) -> None:
        super().__init__()
        self.names: Mapping[str, str] = {}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [text[:200] for text in data.getlist(name) if text.strip()]

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        described = {key: text for key, text in (attrs or {}).items() if key.startswith("aria-")}
        extra = format_html_join("", ' {}="{}"', described.items())
        lines = [self.names.get(text, text) for text in value or ()]
        lines += [""] * max(SPARE_LINES, 4 - len(lines))
        line = '<input type="text" name="{}" id="id_{}{}" list="member-cities" autocomplete="off" dir="auto" value="{}"'
        inputs = format_html_join(
            "",
            line + ' aria-label="{}"{}>',
            (
                (name, name, f"_{at}" if at > 1 else "", text, _("Partner city %(number)d") % {"number": at}, extra)
                for at, text in enumerate(lines, 1)
            ),
        )
        options = format_html_join("", '<option value="{}"></option>', ((label,) for label in self.names.values()))
        return format_html('{}<datalist id="member-cities">{}</datalist>', inputs, options)


class Cities(forms.Field):
    """Cities typed by name, in any spelling that is folded alike; gives their slugs."""

    widget = CityLines

    def name_them(self, names: Mapping[str, str], *, lead: str) -> None:
        """Say which cities there are, by slug, and which one leads."""
        self.names, self.lead = names, lead
        self.widget.names = {slug: label for slug, label in names.items() if slug != lead}

    def clean(self, value: Any) -> list[str]:
        found = [self._city(text) for text in value]
        if self.lead in found:
            raise forms.ValidationError(_("the lead city is not its own partner"))
        for slug in found:
            if found.count(slug) > 1:
                raise forms.ValidationError(_("%(city)s is named twice.") % {"city": self.names[slug]})
        if len(found) > MOST_PARTNERS:
            raise forms.ValidationError(_("At most %(most)d lines are possible.") % {"most": MOST_PARTNERS})
        return sorted(found)

    def _city(self, text: str) -> str:
        wanted = fold(text)
        exact = [slug for slug, label in self.names.items() if fold(label) == wanted or slug == text.strip()]
        called = exact or [slug for slug, label in self.names.items() if fold(label.split(",")[0]) == wanted]
        if len(called) == 1:
            return called[0]
        words = {"name": legible(text)[:80]}
        if called:
            raise forms.ValidationError(_("Several cities are called “%(name)s”: add the country.") % words)
        raise forms.ValidationError(_("“%(name)s” is no member city: choose one from the list.") % words)
