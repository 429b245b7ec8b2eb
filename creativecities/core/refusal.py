"""A refusal: the answer "no, because …" that a rule gives, a button shows and a page explains."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise

Text = str | Promise


class Refusal(Exception):
    """Why this person may not do this now, and what would make it possible.

    `status` is 403 when the person is not the one who may, 409 when the moment or the state is wrong.
    """

    def __init__(self, reason: Text, *, remedy: Text = "", code: str = "refused", status: int = 409) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy
        self.code = code
        self.status = status

    def __str__(self) -> str:
        return str(self.reason)


def explain(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a refusal that no view caught becomes a page that says why."""
    return _Explain(get_response)


class _Explain:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refusal):
            return render(request, "core/refused.html", {"refusal": exception}, status=exception.status)
        return None
