"""`manage.py restore FILE [--force]`: database and files as a backup holds them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from creativecities.core import backups, databases, preparation


class Command(BaseCommand):
    help = "Replace the database and the files by those of a backup, then bring them up to date."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--force", action="store_true", help="even if what is here now is lost")

    def handle(self, *args: Any, file: Path, force: bool, **options: Any) -> None:
        try:
            manifest = backups.restore(file, force=force)
        except (backups.BackupFault, databases.ToolMissing, OSError) as error:
            raise CommandError(str(error)) from error
        preparation.migrate(self.stdout.write)
        gone = backups.settle()
        self.stdout.write(f"Restored {sum(manifest['rows'].values())} rows as of {manifest['made_at']}.")
        self.stdout.write(f"Everybody is signed out. Forgotten again, because it was forgotten since: {gone}.")
