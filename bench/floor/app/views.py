from itertools import groupby

from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.html import escape

from .models import City, Slot


def const(request):
    """No database, constant context, same shape of page as the list."""
    return render(request, "const.html", {"rows": CONST})


CONST = [
    {
        "name": f"City {i}",
        "slug": f"city-{i}",
        "country": "FR",
        "field": "music",
        "year": 2020,
        "intro": "Lorem ipsum dolor sit amet " * 8,
    }
    for i in range(20)
]


def cities(request):
    """3 statements: facet counts (whose sum is the total), facet of countries, the page."""
    qs = City.objects.all()
    narrowed = False
    for key in ("field", "country"):
        if value := request.GET.get(key):
            qs, narrowed = qs.filter(**{key: value}), True
    if q := request.GET.get("q", "").strip():
        narrowed = True
        if connection.vendor == "sqlite":
            words = " ".join('"%s"' % w.replace('"', '""') for w in q.split())
            qs = qs.extra(where=["app_city.id in (select rowid from city_fts where city_fts match %s)"], params=[words])
        else:
            qs = qs.extra(where=["app_city.search_vec @@ plainto_tsquery('simple', %s)"], params=[q])
    fields = list(qs.order_by().values_list("field").annotate(n=Count("pk")).order_by("field"))
    countries = list(City.objects.order_by("country").values_list("country", flat=True).distinct())
    pager = Paginator(qs.only("slug", "name", "country", "field", "year", "intro").order_by("name"), 20)
    pager.count = sum(n for _, n in fields)
    return render(
        request,
        "cities.html",
        {
            "page": pager.get_page(request.GET.get("page")),
            "fields": fields,
            "countries": countries,
            "narrowed": narrowed,
            "q": q,
        },
    )


def city(request, slug):
    """2 statements."""
    obj = get_object_or_404(City.objects.defer("search"), slug=slug)
    similar = (
        City.objects.filter(field=obj.field)
        .exclude(pk=obj.pk)
        .only("slug", "name", "year")
        .order_by("-year", "name")[:6]
    )
    return render(request, "city.html", {"city": obj, "similar": similar, "paras": obj.body.split("\n")})


def schedule(request):
    """2 statements: 120 slots with rooms, 200 speakers."""
    slots = Slot.objects.select_related("room").prefetch_related("speakers").order_by("start", "room__name")
    days = [(d, list(g)) for d, g in groupby(slots, key=lambda s: s.start.date())]
    return render(request, "schedule.html", {"days": days})


def _shell(title):
    html = render_to_string("base.html").replace("<title>Cities", "<title>" + title)
    return html.split("<main></main>")


def fast_cities(request):
    """The list page again, same 3 statements, rows as tuples and HTML joined in Python: the limit without a template engine."""
    qs = City.objects.all()
    fields = list(qs.order_by().values_list("field").annotate(n=Count("pk")).order_by("field"))
    countries = list(qs.order_by("country").values_list("country", flat=True).distinct())
    rows = qs.order_by("name").values_list("slug", "name", "country", "field", "year", "intro")[:20]
    total, out = (
        sum(n for _, n in fields),
        [
            '<main><h1>Cities</h1>\n<form method="get"><label>Search <input name="q" value=""></label>\n<label>Field <select name="field">'
            '<option value="">All</option>'
        ],
    )
    out += [f'<option value="{f}">{f} ({n})</option>' for f, n in fields]
    out.append('</select></label>\n<label>Country <select name="country"><option value="">All</option>')
    out += [f"<option>{c}</option>" for c in countries]
    out.append(f"</select></label>\n<button>Filter</button></form>\n<p>{total} cities</p>\n<ul>")
    for slug, name, country, field, year, intro in rows:
        words = intro.split(None, 24)
        out.append(
            f'<li><h2><a href="/cities/{slug}/">{escape(name)}</a></h2><p>{country} · {field} · {year}</p>'
            f"<p>{escape(' '.join(words[:24]))} …</p></li>"
        )
    out.append(f'</ul>\n<nav aria-label="Pages">Page 1 of {-(-total // 20)} <a href="?page=2">Next</a></nav></main>')
    a, b = _shell("Cities")
    return HttpResponse(a + "".join(out) + b)


def fast_schedule(request):
    """The programme again: 2 statements, tuples, joined in Python."""
    people = {}
    for slot, name in Slot.speakers.through.objects.order_by("pk").values_list("slot_id", "speaker__name"):
        people.setdefault(slot, []).append(name)
    out, last = ["<main><h1>Programme</h1>"], None
    for pk, title, track, start, minutes, room in Slot.objects.order_by("start", "room__name").values_list(
        "pk", "title", "track", "start", "minutes", "room__name"
    ):
        if start.date() != last:
            out.append(("</ol></section>" if last else "") + f"<section><h2>{start:%A} {start.day} {start:%B}</h2><ol>")
            last = start.date()
        out.append(
            f'\n<li><h3><a href="/schedule/{pk}/">{escape(title)}</a></h3><p><time datetime="{start.isoformat()}">{start:%H:%M}</time>'
            f" ({minutes} min) · {escape(room)} · {escape(track)}</p>\n<p>{escape(', '.join(people[pk]))}</p></li>"
        )
    out.append("</ol></section></main>")
    a, b = _shell("Programme")
    return HttpResponse(a + "".join(out) + b)
