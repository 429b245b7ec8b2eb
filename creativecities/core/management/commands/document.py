"""`manage.py document [--check]`: what the code says of itself, as pages of `docs/generated/`."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from creativecities.core import documents


class Command(BaseCommand):
    help = "Write docs/generated: pages and audiences, data dictionary, states, events."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail if a page is out of step")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        folder = settings.BASE_DIR / "docs" / "generated"
        with translation.override("en"):
            pages = documents.pages()
        known = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
        if check:
            if wrong := sorted(name for name, text in pages.items() if known.get(name) != text):
                raise CommandError(f"Out of step: {', '.join(wrong)}. Write them again with: make documents")
            return
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            (folder / name).write_text(text, encoding="utf-8")
        self.stdout.write(f"{folder}: {', '.join(sorted(pages))}")
