"""What is given to be found: cities, initiatives, fields, countries, regions and pages, named in every language."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from html import unescape
from typing import Any

from babel import Locale
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.template import Context, loader
from django.template.loader_tags import BlockNode
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import override

from creativecities.core import days, language
from creativecities.core.models import Event
from creativecities.exchange import states
from creativecities.exchange.models import Initiative, Partner, Translation
from creativecities.network.models import (
    AreaOfAction,
    City,
    CityName,
    Country,
    CreativeField,
    Listing,
    Objective,
    Portrait,
    Region,
)
from creativecities.search.compute.documents import Document, Provider, Text
from creativecities.search.queries import register

CODES = tuple(code for code, _name in settings.LANGUAGES)
SHORT = tuple(language.short(code) for code in CODES)
ALSO_ASKED_IN = ("de", "pt", "it", "ja", "ko", "hi", "tr", "id", "fa", "zh_Hant")
"""Languages besides our six in which countries are known by name."""
PAGES = ("about", "how_to_join", "faq", "objectives", "terms", "privacy")
NO_NUMBERS = {"cities": "", "countries": "", "fields": ""}


def offer() -> None:
    """Register all of it."""
    register(Provider("city", cities, changed_cities, lambda: _public(City)))
    register(Provider("initiative", initiatives, present=lambda: _public(Initiative)))
    register(Provider("field", lambda keys: _vocabulary("field", CreativeField, keys)))
    register(Provider("region", lambda keys: _vocabulary("region", Region, keys)))
    register(Provider("country", countries))
    register(Provider("page", pages))


def changed_cities(since: datetime) -> Collection[str] | None:
    """The cities about which something happened; all of them if it happened to the whole network, or on a new day."""
    if since.date() < days.today():  # what was written down ahead begins without an event
        return None
    events = Event.objects.filter(at__gte=since, kind__startswith="network.")
    subjects = set(events.values_list("subject_label", "subject_id").distinct())
    if any(label not in ("network.city", "network.mandate", "network.picture") for label, _pk in subjects):
        return None
    ids = [int(pk) for label, pk in subjects if label == "network.city" and pk.isdigit()]
    return list(City.objects.filter(pk__in=ids[:500]).values_list("slug", flat=True)) if len(ids) <= 500 else None


def cities(keys: Collection[str] | None) -> Iterator[Document]:
    """Member cities, past and present, with the field they have or had last. Six statements."""
    found = City.objects.visible_to(AnonymousUser()).select_related("country")
    rows = list(found if keys is None else found.filter(slug__in=keys))
    ids = [city.pk for city in rows]
    names = _by_city(CityName.objects.filter(city__in=ids))
    portraits = _by_city(Portrait.objects.filter(city__in=ids, is_current=True))
    begun = Listing.objects.filter(city__in=ids, start__lte=days.today())
    latest = {one.city_id: one for one in begun.order_by("start")}
    fields, regions = _named(CreativeField), _named(Region)
    for city in rows:
        if (row := latest.get(city.pk)) is None:
            continue
        written = portraits.get(city.pk, [])
        words = [*names_of_country(city.country), *fields[row.field_id], *regions[row.region_id]]
        words += [word for one in written for word in (*one.keywords, *one.challenges)]
        yield Document(
            kind="city",
            key=city.slug,
            path=_path("portal:city", city.slug),
            titles={"en": city.name},
            names=[city.local_name, *(one.name for one in names.get(city.pk, []))],
            texts=[Text(language.short(one.language), one.text) for one in written],
            keywords=words,
            facets={
                "field": [row.field_id],
                "region": [row.region_id],
                "country": [row.country_id],
                "year": [str(row.year)],
                "language": sorted({language.short(one.language) for one in written}),
            },
            facts={"city": city.name, "country": row.country_id, "creative_field": row.field_id},
            boost=4.0,
            gist=_gist(city, fields[row.field_id][0], written),
        )


def _gist(city: City, field: str, written: Iterable[Portrait]) -> str:
    """Where it is, what it does, in which words it tells of itself."""
    names = " ".join(filter(None, [city.name, city.local_name]))
    words = [word for one in written for word in (*one.keywords, *one.challenges)]
    return f"{names}, {city.country.name_en}: {field}. {', '.join(words)}"


def initiatives(keys: Collection[str] | None) -> Iterator[Document]:
    """What is published of what cities do, with the cities that take part. Seven statements."""
    found = Initiative.objects.visible_to(AnonymousUser()).select_related("lead__country")
    fields = _named(CreativeField)
    parts = Partner.objects.filter(state__in=states.SHOWN).select_related("city__country")
    translated = Prefetch("translations", Translation.objects.filter(is_current=True), to_attr="translated")
    related = "fields", Prefetch("parts", parts), "objectives", "goals", translated
    for one in (found if keys is None else found.filter(slug__in=keys)).prefetch_related(*related):
        code, country = language.short(one.language), one.lead.country
        its_fields = [field.pk for field in one.fields.all()]
        cities = [one.lead, *(part.city for part in one.parts.all())]
        aims = [name for aim in (*one.objectives.all(), *one.goals.all()) for name in titles(aim).values()]
        yield Document(
            kind="initiative",
            key=one.slug,
            path=_path("portal:initiative", one.slug),
            titles={"": one.title, **{language.short(each.language): each.title for each in _translations(one)}},
            texts=[Text(code, text) for text in (one.summary, *one.story.values())] + _texts(_translations(one)),
            keywords=[
                *(name for city in cities for name in (city.name, city.local_name, *names_of_country(city.country))),
                *(name for field in its_fields for name in fields[field]),
                *aims,
            ],
            facets={
                "field": its_fields,
                "region": sorted({city.country.region_id for city in cities}),
                "country": sorted({city.country_id for city in cities}),
                "year": [str(one.starts_on.year)] if one.starts_on else [],
                "language": sorted({code, *(language.short(each.language) for each in _translations(one))}),
            },
            facts={"city": one.lead.name, "country": country.pk, "creative_field": its_fields[0] if its_fields else ""},
            boost=1.0,
            gist=f"{one.title}. {one.kind}: {', '.join(fields[field][0] for field in its_fields)}. "
            f"{', '.join(city.name for city in cities)}, {country.name_en}",
        )


def _translations(one: Any) -> list[Translation]:
    found: list[Translation] = one.translated
    return found


def _texts(translations: Iterable[Translation]) -> list[Text]:
    return [
        Text(language.short(each.language), text)
        for each in translations
        for text in (each.summary, *each.story.values())
    ]


def countries(keys: Collection[str] | None) -> Iterator[Document]:
    """Countries with a member now or once."""
    begun = Listing.objects.filter(start__lte=days.today())
    members = set(begun.order_by().values_list("country_id", flat=True).distinct())
    for country in Country.objects.filter(pk__in=members if keys is None else members & set(keys)):
        yield Document(
            kind="country",
            key=country.pk,
            path=_path("portal:country", country.pk),
            titles=titles(country),
            names=names_of_country(country),
            facets={"region": [country.region_id], "country": [country.pk]},
            facts={"country": country.pk},
            boost=3.0,
        )


def _vocabulary(kind: str, model: Any, keys: Collection[str] | None) -> Iterator[Document]:
    """Fields or regions, with their descriptions."""
    for one in model.objects.all() if keys is None else model.objects.filter(pk__in=keys):
        described = [(code, getattr(one, f"description_{code}")) for code in SHORT]
        yield Document(
            kind=kind,
            key=one.pk,
            path=_path(f"portal:{kind}", one.pk),
            titles=titles(one),
            names=aliases(one),
            texts=[Text(code, text) for code, text in described if text],
            facets={kind: [one.pk], "language": [code for code, text in described if text]},
            facts={"creative_field": one.pk} if kind == "field" else {},
            boost=3.0,
        )


def pages(keys: Collection[str] | None) -> Iterator[Document]:
    """Pages of prose, as they are read in each language."""
    for name in PAGES if keys is None else (page for page in PAGES if page in keys):
        written = {code: _read(name, code) for code in CODES}
        yield Document(
            kind="page",
            key=name,
            path=_path(f"portal:{name}"),
            titles={language.short(code): title for code, (title, _text) in written.items()},
            texts=[Text(language.short(code), text) for code, (_title, text) in written.items()],
            facets={"language": list(SHORT)},
        )


def _read(name: str, code: str) -> tuple[str, str]:
    """The title and the words of a page of prose; what it counts is left out."""
    found: Any = loader.get_template(f"portal/pages/{name}.html")
    template = found.template
    blocks = {node.name: node for node in template.nodelist.get_nodes_by_type(BlockNode)}
    listed = {"objectives": Objective.objects.all(), "areas": AreaOfAction.objects.all()}
    context = Context({"site": settings.SITE, "network": NO_NUMBERS, "sdgs": (), **listed})
    with override(code), context.bind_template(template):
        title, main = (blocks[block].nodelist.render(context) for block in ("title", "main"))
    main = re.sub(r"<h1.*?</h1>", "", main, flags=re.DOTALL)
    ended = re.sub(r"</(?:h\d|p|li|summary|dt|dd)>", "\n", main)
    return unescape(title).strip(), unescape(strip_tags(ended))


def _public(model: type[City] | type[Initiative]) -> Iterable[str]:
    return model.objects.visible_to(AnonymousUser()).values_list("slug", flat=True)


def _path(name: str, *args: str) -> str:
    with override("en"):
        return reverse(name, args=args)


def titles(one: Any) -> dict[str, str]:
    return {code: getattr(one, f"name_{code}") for code in SHORT}


def aliases(one: Any) -> list[str]:
    return [alias.strip() for alias in getattr(one, "aliases", "").split(";") if alias.strip()]


def _named(model: Any) -> dict[str, list[str]]:
    return {one.pk: [*titles(one).values(), *aliases(one)] for one in model.objects.all()}


def _by_city(rows: Iterable[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.city_id, []).append(row)
    return found


def names_of_country(country: Country) -> list[str]:
    """Its names here, and those of the Unicode CLDR in further languages."""
    others = (_territories(code).get(country.pk, "") for code in (*ALSO_ASKED_IN, "en", "fr", "es", "ar", "ru", "zh"))
    return list(dict.fromkeys(filter(None, [*titles(country).values(), country.short_en, *others])))


@cache
def _territories(code: str) -> Mapping[str, str]:
    return dict(Locale.parse(code).territories)
