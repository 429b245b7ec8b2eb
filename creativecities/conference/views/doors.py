"""A door on the phone of whoever holds it: by its secret address, without an account, for hours without network."""

import hashlib
import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from creativecities.conference.actions import checkin
from creativecities.conference.formats import doors as formats
from creativecities.conference.models import Door
from creativecities.conference.notices.doors import WORDS
from creativecities.conference.queries import door_list, programme
from creativecities.conference.queries import doors as queries
from creativecities.conference.rules import doors as rules
from creativecities.core import pdf
from creativecities.core.access import page
from creativecities.core.actor import Robot
from creativecities.core.refusal import Refusal

FILES = (
    "core/site.css", "conference/door.css", "conference/door.js", "conference/door-kept.js", "conference/door-list.js",
    "conference/door-sync.js", "conference/door-camera.js", "conference/vendor/jsQR.js",
)  # fmt: skip
"""What the page is made of; the only things beside itself that a phone keeps."""


def _door(code: str) -> Door:
    door = queries.by_code(code)
    if door is None:
        raise Http404
    return door


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"], response["X-Robots-Tag"] = "private, no-store", "noindex, nofollow"
    return response


def _shell(door: Door) -> dict[str, Any]:
    """All that the page says: nothing of any person, for it stays on the phone."""
    facts = {
        "key": str(door.key), "name": door.name, "zone": door.edition.zone, "language": get_language(),
        "sync": reverse("conference:door_sync", args=[door.code]),
        "worker": reverse("conference:door_worker", args=[door.code]),
    }  # fmt: skip
    return {
        "door": door, "facts": facts, "words": {name: str(text) for name, text in WORDS.items()},
        "title": programme.title_of(door.session) if door.session else queries.edition_title(door.edition),
    }  # fmt: skip


@page("public")
def door(request: HttpRequest, code: str) -> HttpResponse:
    """The page for a phone at a door."""
    return _kept_by_nobody(render(request, "conference/door.html", _shell(_door(code))))


@page("public")
def worker(request: HttpRequest, code: str) -> HttpResponse:
    """What lets the page open without network: it keeps the page and its files, and never anything else."""
    one = _door(code)
    here = reverse("conference:door", args=[code])
    files = [here, *map(static, FILES), static("core/favicon.svg")]
    text = render_to_string("conference/door.html", _shell(one), request) + "".join(files)
    version = hashlib.sha256(text.encode()).hexdigest()[:16]
    shell = json.dumps({"door": str(one.key), "page": here, "files": files, "version": version})
    script = f"self.SHELL = {shell};\nimportScripts({json.dumps(static('conference/door-worker.js'))});\n"
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "private, no-cache"
    return response


@page("public")
def manifest(request: HttpRequest, code: str) -> HttpResponse:
    """Name and picture for the home screen of the phone."""
    one = _door(code)
    here = reverse("conference:door", args=[code])
    document = {
        "name": f"{one.name} · {one.edition.slug}", "short_name": one.name, "start_url": here, "scope": here,
        "display": "standalone", "background_color": "#FBFAF7", "theme_color": "#0B4F5C",
        "icons": [{"src": static("core/favicon.svg"), "sizes": "any", "type": "image/svg+xml"},
                  {"src": static("core/apple-touch-icon.png"), "sizes": "180x180", "type": "image/png"}],
    }  # fmt: skip
    return _kept_by_nobody(JsonResponse(document, content_type="application/manifest+json"))


@page("public", methods=("POST",), by_link=True)
def sync(request: HttpRequest, code: str) -> HttpResponse:
    """Take what a phone has seen, and give it what has changed of its list. The secret address is the proof."""
    one, received = _door(code), timezone.now()
    if int(request.META.get("CONTENT_LENGTH") or 0) > formats.LARGEST:
        return _kept_by_nobody(JsonResponse({"error": "too-large"}, status=413))
    try:
        items, phone, have = formats.read(one, request.body)
    except Refusal as refusal:
        return _kept_by_nobody(JsonResponse({"error": refusal.code, "reason": str(refusal)}, status=refusal.status))
    made = checkin.sync(one, items, offset=received - phone, by=Robot(one.name)) if items else []
    answer: dict[str, Any] = {"now": int(timezone.now().timestamp() * 1000),
                              "answers": [[each.sequence, each.verdict] for each in made], "list": None,
                              "told": [each.text for each in queries.told(one.edition)]}  # fmt: skip
    if rules.reads_list(one) is None:
        at = timezone.now()
        answer["list"] = formats.message(one, formats.leaves(door_list.listed(one)), have, at)
    return _kept_by_nobody(JsonResponse(answer))


@page("public")
def paper(request: HttpRequest, code: str) -> HttpResponse:
    """The list to be ticked by hand, where no phone can be used."""
    one = _door(code)
    if refusal := rules.reads_list(one):
        raise refusal
    people = sorted(door_list.listed(one), key=lambda each: (each.city.casefold(), each.name.casefold()))
    context = {"door": one, "people": people, "at": timezone.now()}
    return pdf.offer(request, "conference/door_paper.html", context, name=f"door-{one.edition.slug}")
