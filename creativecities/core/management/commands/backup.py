"""`manage.py backup [--to FILE]`: one file with everything."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from creativecities.core import backups, databases


class Command(BaseCommand):
    help = "Save the database and the files people handed in as one file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--to", type=Path, help="the file to write; by default one with the time in DATA_DIR/backups"
        )

    def handle(self, *args: Any, to: Path | None, **options: Any) -> None:
        target = to or Path(settings.DATA_DIR) / "backups" / f"{timezone.now():%Y-%m-%d-%H%M%S}.tar.gz"
        try:
            manifest = backups.backup(target.resolve())
        except (backups.BackupFault, databases.ToolMissing, OSError) as error:
            raise CommandError(str(error)) from error
        rows, files = sum(manifest["rows"].values()), len(manifest["checksums"]) - 1
        self.stdout.write(f"{target}: {rows} rows, {files} files, {target.stat().st_size / 1e6:.1f} MB")
