"""Initiatives: the list of all, the same as data, and the page of one."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from creativecities.core import days, downloads, pages
from creativecities.core.access import get_visible, page
from creativecities.core.files import LICENCES
from creativecities.exchange import rules, states
from creativecities.exchange.compute import asked
from creativecities.exchange.models import Initiative, Partner
from creativecities.exchange.queries import found as exchange
from creativecities.exchange.queries import invitations, matters, openings, pictures
from creativecities.exchange.queries.wanted import stated
from creativecities.exchange.rules.invitations import KINDS
from creativecities.exchange.rules.openings import KINDS as APPLIED_FOR
from creativecities.exchange.views.messages import panel
from creativecities.portal import formats
from creativecities.portal.compute import lines
from creativecities.portal.compute.pager import Pager
from creativecities.portal.queries import initiatives as words
from creativecities.portal.queries import search
from creativecities.portal.queries.profile import CONFIDENCE


@page("public", cache=True)
def initiatives(request: HttpRequest) -> HttpResponse:
    """Facets and list. One statement, two with words, whatever their number."""
    found = _find(request)
    pager = Pager.of(found.total, page=pages.page_number(request.GET), size=pages.page_size(request.GET, most=100))
    context = {
        "rows": found.page(limit=pager.size, offset=pager.offset),
        "pager": pager,
        "asked": found.asked,
        "facets": words.facets(found, request.GET),
        "chips": words.chips(found, request.GET),
        "sorts": words.SORT_LABELS,
        "query": request.GET.get("q", ""),
        "data_root": reverse("portal:initiatives").rstrip("/"),
    }
    return render(request, "portal/initiatives.html", context)


def _find(request: HttpRequest) -> exchange.Found:
    """Raises Refusal for a bad date."""
    return exchange.find(asked.read(request.GET, day=pages.as_of(request.GET, today=days.today())))


@page("public", cache=True)
def initiatives_data(request: HttpRequest, kind: str) -> HttpResponse:
    """The same list and filters as CSV or JSON (paged)."""
    found = _find(request)
    if kind == "csv":
        rows = [formats.initiative_row(each) for each in found.page()]
        return downloads.as_csv(rows, tuple(formats.INITIATIVE_COLUMNS), name="initiatives")
    number, size = pages.page_number(request.GET), pages.page_size(request.GET)
    rows = [formats.initiative(each) for each in found.page(limit=size, offset=(number - 1) * size)]
    return downloads.as_json({"count": found.total, "page": number, "page_size": size, "results": rows})


@page("public", cache=True)
def initiative(request: HttpRequest, slug: str) -> HttpResponse:
    """One initiative; its team also sees it before and after it is public. Four statements."""
    one = get_visible(Initiative, request.user, related=("lead",), slug=slug)
    partners = list(one.parts.exclude(state=states.DECLINED).select_related("city").order_by("city__name"))
    many = words.many(one)
    sought = stated(one.pk)
    told = words.in_reader_s_language(one, original="original" in request.GET)
    context = {
        **told,
        "lead": _place(one.lead),
        "partners": [(part, _place(part.city)) for part in partners],
        "kind": one.get_kind_display(),
        "others": words.told(one, one.SECTORS),
        "results": words.told(one, ("beneficiaries", "outcome")),
        "evidence": list(words.sources(" ".join(one.evidence))),
        "fields": words.labelled("field", many.get("fields", ())),
        "objectives": words.labelled("objective", many.get("objectives", ())),
        "areas": words.labelled("area", many.get("areas", ())),
        "goals": words.labelled("sdg", many.get("goals", ())),
        "looking": sought,
        "pictures": pictures.of(one),
        "topics": words.labelled("topic", sought.topics if sought else ()),
        "sources": list(words.sources(one.source)),
        "note": CONFIDENCE.get(one.confidence, ""),
        "licence": LICENCES.get(one.licence, one.licence),
        "json_ld": _json_ld(told["one"], [part for part in partners if part.state in states.SHOWN]),
        "similar": SafeString(lines.similar(search.similar("initiative", one.slug))),
        "mine": rules.own_parts(request.user, one),
        "opportunity": openings.of(one.pk),
        **_for_teams(request.user, one),
        **panel(request, one),
    }
    return render(request, "portal/initiative.html", context)


def _for_teams(person: Any, one: Initiative) -> dict[str, Any]:
    """What the teams of the cities concerned can do. No statement for a visitor."""
    if not person.is_authenticated:
        return {"may_edit": False}
    may_edit = rules.edit(person, one) is None
    return {
        "may_edit": may_edit,
        "may_invite": may_edit and one.kind in KINDS and rules.speaks_for(person, one.lead) is None,
        "seeks_partners": may_edit and matters.seeks_partners(one),
        "may_open": may_edit and one.kind in APPLIED_FOR,
        "invitations": invitations.of_initiative(person, one),
    }


def _place(city: Any) -> dict[str, str]:
    return {"slug": city.slug, "name": city.name, "country": words.label_of("country", city.country_id)}


def _json_ld(one: Initiative, partners: list[Partner]) -> SafeString:
    """schema.org: what it is, by whom, when."""
    root = settings.SITE["url"]
    document: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "CreativeWork",
        "@id": root + reverse("portal:initiative", args=[one.slug]),
        "name": one.title,
        "description": one.summary,
        "inLanguage": one.language,
        "license": formats.LICENCE if one.licence == "CC-BY-4.0" else one.licence,
        "creator": _as_city(one.lead),
        "contributor": [_as_city(part.city) for part in partners],
        "isBasedOn": [source["url"] for source in words.sources(one.source) if source["url"]],
    }
    if one.starts_on and one.ends_on:
        document["temporalCoverage"] = f"{one.starts_on.isoformat()}/{one.ends_on.isoformat()}"
    text = json.dumps(
        {key: value for key, value in document.items() if value}, ensure_ascii=False, separators=(",", ":")
    )
    return mark_safe(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def _as_city(city: Any) -> dict[str, str]:
    url = settings.SITE["url"] + reverse("portal:city", args=[city.slug])
    return {"@type": "City", "name": city.name, "url": url}
