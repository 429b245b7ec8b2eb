"""`manage.py serve`: prepare, say where to look, and become the supervisor of web, worker and scheduler."""

import os
import socket
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from creativecities.core import pdf, preparation


class Command(BaseCommand):
    help = "Prepare and serve the site, with its job worker and its scheduler."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000")
        _must_be_free(host, port)
        preparation.prepare(self.stdout.write)
        self.stdout.write(_welcome(host, port))
        self.stdout.flush()
        sys.stderr.flush()
        # The same process goes on as the supervisor, which does not carry Django's memory.
        os.execv(sys.executable, [sys.executable, "-m", "creativecities.core.supervisor"])  # noqa: S606


def _must_be_free(host: str, port: str) -> None:
    """Raise CommandError with the remedy if something else answers there."""
    if not port.isdigit() or not 0 < int(port) < 65536:
        raise CommandError(f"PORT={port} is not a port number.")
    try:
        with socket.create_server((host, int(port)), reuse_port=False):
            return
    except OSError as error:
        raise CommandError(
            f"{host}:{port} cannot be used ({error.strerror}). Choose another: make serve PORT=8001"
        ) from error


def _welcome(host: str, port: str) -> str:
    shown = "127.0.0.1" if host in ("0.0.0.0", "::") else host  # noqa: S104
    codes = (
        "Sign-in codes appear on this console, because no EMAIL_URL is set."
        if settings.EMAIL_BACKEND.endswith("console.EmailBackend")
        else "Sign-in codes are sent by mail."
    )
    first = "The first officer of the Secretariat: make secretariat EMAIL=you@example.org"
    if settings.DEMO:
        codes, first = "A demonstration: nothing here is real, and no mail leaves.", "Choose who you are at /demo/."
    papers = "" if pdf.is_possible() else "\n  No PDFs without Pango (libpangoft2-1.0-0): papers are pages to print."
    return (
        f"\n  {settings.SITE['name']}: http://{shown}:{port}/\n\n  {codes}\n  {first}{papers}\n"
        "  Ctrl-C stops everything.\n"
    )
