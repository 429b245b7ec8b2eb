"""Load the reference data: say what would change, then change it."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction

from creativecities.network import formats
from creativecities.network.actions import listing, loading
from creativecities.network.queries import reference


class Command(BaseCommand):
    help = "Loads the reference data: all or nothing, and never over what a person changed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="say what would change and change nothing")
        parser.add_argument("--from", dest="folder", type=Path, default=settings.REFERENCE_DIR, help="their folder")
        parser.add_argument("--rebuild-lists", action="store_true", help="write the rows of all lists anew as well")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = formats.read(options["folder"])
        if plan.errors:
            for error in plan.errors:
                self.stderr.write(str(error))
            raise CommandError(f"{len(plan.errors)} faults; nothing was loaded")
        try:
            with transaction.atomic():
                self._load(plan, options)
        except IntegrityError as error:
            raise CommandError(f"the files contradict what the database holds; nothing was loaded: {error}") from None

    def _load(self, plan: formats.Plan, options: dict[str, Any]) -> None:
        difference = reference.difference(plan)
        if options["verbosity"]:
            for line in reference.report(difference):
                self.stdout.write(line)
        if difference.is_empty:
            self._say("Nothing to change.", options)
        elif options["dry_run"]:
            self._say("A dry run: nothing was changed.", options)
        else:
            loading.load(difference, by=loading.LOADER)
            self._say("Loaded.", options)
        if options["rebuild_lists"] and not options["dry_run"]:
            self._say(f"{listing.rebuild_all(by=loading.LOADER)} rows of lists written anew.", options)

    def _say(self, text: str, options: dict[str, Any]) -> None:
        if options["verbosity"]:
            self.stdout.write(text)
