"""The meeting for those who are in it: the file of now, or that this item is without them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from creativecities.calls.compute.labels import GROUPS as GROUP_NAMES
from creativecities.calls.queries import applications, results, reviews
from creativecities.calls.queries import meetings as queries
from creativecities.calls.queries.calls import title_of
from creativecities.calls.queries.meetings import Scene
from creativecities.core.access import page


@page("signed-in")
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """The file of now, and the files in whose items one takes part."""
    scene = _scene(request, slug)
    context = {
        "title": title_of(scene.meeting.call),
        "call": scene.meeting.call,
        "mine": queries.heard(request.user, scene.meeting),
        **_now(scene),
    }
    return render(request, "calls/meeting.html", context)


@page("signed-in")
def now(request: HttpRequest, slug: str) -> HttpResponse:
    """The part of the page that changes; 204 while it has not. Three statements until then, whoever asks."""
    scene = _scene(request, slug)
    if request.GET.get("seen") == scene.tag:
        return HttpResponse(status=204)
    return render(request, "calls/_meeting_now.html", _now(scene))


def _scene(request: HttpRequest, slug: str) -> Scene:
    found = queries.scene(request.user, slug)
    if found is None:
        raise Http404
    return found


def _now(scene: Scene) -> dict[str, Any]:
    if not scene.is_open or scene.item is None:
        return {"scene": scene, "call": scene.meeting.call}
    one = scene.item.application
    given = reviews.handed_in(one)
    versions = reviews.versions(one, applications.handed_in(one))
    result = results.of_file(given, versions)
    return {
        "scene": scene,
        "call": scene.meeting.call,
        "application": one,
        "groups": [(GROUP_NAMES[each.group], each) for each in result.groups],
        "scale": list(versions.values())[-1].definition["evaluation"]["scale"],
    }
