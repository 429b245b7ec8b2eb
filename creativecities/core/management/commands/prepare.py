"""`manage.py prepare`: everything that must be done before the site is served, and nothing twice."""

from typing import Any

from django.core.management.base import BaseCommand

from creativecities.core import preparation


class Command(BaseCommand):
    help = "Migrations, messages, static files and reference data, where they are not up to date."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        preparation.prepare(self.stdout.write)
