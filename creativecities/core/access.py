"""Who may see what. Audiences and roles are registered from above; this module knows none of them.

@page("public", cache=True)
def atlas(request): ...
"""

import functools
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from creativecities.core import pagecache

M = TypeVar("M", bound=models.Model)
Audience = Callable[[Any], bool]
View = Callable[..., HttpResponse]

_audiences: dict[str, Audience] = {"public": lambda _person: True, "signed-in": lambda person: person.is_authenticated}
_event_rules: list[Callable[[Any], models.Q]] = []
_event_limits: list[Callable[[Any], models.Q]] = []
_roles: list[Callable[[Any], frozenset[str]]] = []


def register_audience(name: str, belongs: Audience) -> None:
    """Name an audience that pages may state, and say who belongs to it."""
    _audiences[name] = belongs


def audiences() -> dict[str, Audience]:
    """All audiences, by name."""
    return dict(_audiences)


def register_roles(resolver: Callable[[Any], frozenset[str]]) -> None:
    """Add a function that names the roles a person holds today."""
    _roles.append(resolver)


def roles(person: Any) -> frozenset[str]:
    """The roles a person holds today; kept on the person for the length of a request."""
    if not person.is_authenticated:
        return frozenset()
    if not hasattr(person, "_roles"):
        person._roles = frozenset().union(*(resolve(person) for resolve in _roles))
    held: frozenset[str] = person._roles
    return held


def register_event_rule(rule: Callable[[Any], models.Q]) -> None:
    """Add to the events a person may read."""
    _event_rules.append(rule)


def register_event_limit(limit: Callable[[Any], models.Q]) -> None:
    """Keep from everybody, whatever rules add, events that tell of what they do not see: only what `limit` gives stays.

    What a person did themselves they read in any case.
    """
    _event_limits.append(limit)


def events_visible_to(person: Any) -> models.Q:
    """Events this person may read: their own, and what the registered rules add within every limit."""
    if not person.is_authenticated:
        return models.Q(pk__in=())
    added = models.Q(pk__in=())
    for rule in _event_rules:
        added |= rule(person)
    for limit in _event_limits:
        added &= limit(person)
    return models.Q(actor_id=person.pk) | added


class VisibleQuerySet(models.QuerySet[M], Generic[M]):
    """The one door for reads: pages fetch objects only through `visible_to`."""

    def visible_to(self, person: Any) -> "VisibleQuerySet[M]":
        raise NotImplementedError(f"{self.model.__name__} does not say who may see it")


def get_visible(model: type[M], person: Any, *, related: tuple[str, ...] = (), **lookup: Any) -> M:
    """The one object this person may see; hidden and missing give the same Http404 after the same one statement.

    `related` are objects it points to, read along with it.
    """
    try:
        found = model.objects.visible_to(person).select_related(*related or (None,))  # type: ignore[attr-defined]
        return found.get(**lookup)  # type: ignore[no-any-return]
    except (model.DoesNotExist, ValueError, OverflowError):  # type: ignore[attr-defined]
        raise Http404 from None


def page(
    *names: str, methods: tuple[str, ...] = ("GET", "HEAD"), cache: bool = False, by_link: bool = False
) -> Callable[[View], View]:
    """State the audience of a page. Signed out: the sign-in page; signed in without the role: the page does not exist.

    `cache` marks a page that is the same for every visitor without a session. Any method not in `methods` is answered
    by 405, but only to its audience: to others the page does not exist. A view that takes POST adds it to `methods`.
    `by_link` marks a page whose signed address is the proof, so that a mail program may post to it.
    """

    def decorate(view: View) -> View:
        @functools.wraps(view)
        def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if names != ("public",) and not any(_audiences[name](request.user) for name in names):
                if request.user.is_authenticated:
                    raise Http404
                return _to_sign_in(request)
            if request.method not in methods:
                return _method_refused(request, methods)
            response = view(request, *args, **kwargs)
            return pagecache.offer(request, response) if cache else response

        # A page that takes no POST answers one with 405 itself, before anything is read of it.
        shown.csrf_exempt = by_link or "POST" not in methods  # type: ignore[attr-defined]
        shown.audience = names  # type: ignore[attr-defined]
        shown.methods = methods  # type: ignore[attr-defined]
        return shown

    return decorate


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    # Imported late: the module asks for the person's model, which itself needs this one.
    from django.contrib.auth.views import redirect_to_login

    return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))


def _method_refused(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse:
    from creativecities.core import views  # needs this module itself

    response = views.method_not_allowed(request)
    response["Allow"] = ", ".join(methods)
    return response
