"""What happens to a request before Django's own middleware: an id, a count, a clean refusal of what cannot be read."""

import time
import uuid
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

import structlog
from csp.constants import HEADER
from csp.utils import build_policy
from django.db import DataError, InterfaceError, OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from creativecities.core import language, metrics

Handler = Callable[[HttpRequest], HttpResponse]
LONGEST_QUERY = 8_000
log = structlog.get_logger("http")


def observe(get_response: Handler) -> Handler:
    """Give each request an id, and count and log its answer without its query or any person."""

    def middleware(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request_id = uuid.uuid4().hex[:16]
        structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            response = get_response(request)
            seconds = time.perf_counter() - started
            metrics.answered(request, response.status_code, seconds)
            log.debug("answered", method=request.method, status=response.status_code, ms=round(seconds * 1000, 1))
            response.headers["X-Request-ID"] = request_id
            return response
        finally:
            structlog.contextvars.unbind_contextvars("request_id")

    return middleware


def keep_to_one_policy(get_response: Handler) -> Handler:
    """Send the content security policy with every answer. It is the same for all, so it is put together once."""
    policy = build_policy()

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault(HEADER, policy)
        return response

    return middleware


def refuse_malformed(get_response: Handler) -> Handler:
    """Answer 400 to what no page can read (invalid UTF-8, a NUL byte) and 414 to an endless query."""

    def middleware(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if len(query) > LONGEST_QUERY:
            return _plain_error(request, 414)
        # Django leaves bytes of the path that are no UTF-8 percent-encoded.
        if _unreadable(unquote_to_bytes(request.path_info)) or _unreadable(unquote_to_bytes(query.replace("+", " "))):
            return _plain_error(request, 400)
        return get_response(request)

    return middleware


def _unreadable(raw: bytes) -> bool:
    if raw.isascii():
        return b"\0" in raw
    try:
        return "\ufffd" in raw.decode("utf-8")
    except UnicodeDecodeError:
        return True


def _plain_error(request: HttpRequest, status: int) -> HttpResponse:
    from creativecities.core import views  # needs this module itself

    code, _rest = language.split(request.path_info)
    with translation.override(code):
        request.LANGUAGE_CODE = code
        request.bare_path = "/"  # type: ignore[attr-defined]  # the page must not repeat what cannot be read
        response = views.error_page(request, status)
        response["Content-Language"] = code
        return response


def answer_when_the_database_is_away(get_response: Handler) -> Handler:
    """Middleware: 503 while the database does not answer a page; the next request tries again.

    What other middleware asks of it ends in `views.broken`, which gives the same answer.
    """
    return _WhenAway(get_response)


_SQLITE_AWAY = ("locked", "unable to open", "disk", "readonly")


def is_away(error: BaseException | None) -> bool:
    """SQLite uses the same class for a fault in a statement, which is ours and no reason to say "come back"."""
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    return connection.vendor != "sqlite" or any(word in str(error) for word in _SQLITE_AWAY)


def away(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The page that says "back in a moment"."""
    from creativecities.core import views  # needs this module itself

    log.error("database away", error=type(error).__name__)
    response = views.error_page(request, 503)
    response["Retry-After"] = "5"
    return response


class _WhenAway:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return away(request, exception) if is_away(exception) else None


def refuse_nul(get_response: Handler) -> Handler:
    """Middleware: 400 where a form sends a NUL byte as something to look up, which PostgreSQL knows no text with."""
    return _NulRefused(get_response)


class _NulRefused:
    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        is_nul = isinstance(exception, DataError) and "NUL" in str(exception)
        return _plain_error(request, 400) if is_nul else None
