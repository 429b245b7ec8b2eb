"""What must be done before the site can be served: each step finds out by itself whether it is needed."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.management import call_command, get_commands
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from creativecities.core import catalogues
from creativecities.core.models import Stamp

Say = Callable[[str], object]
_steps: list[Callable[[Say], object]] = []


def register(step: Callable[[Say], object]) -> None:
    """Add a step of a slice, done after all others."""
    _steps.append(step)


def prepare(say: Say) -> None:
    """Bring database, messages, static files and reference data up to date; a second time costs next to nothing."""
    migrate(say)
    if catalogues.compile_stale():
        say("Messages compiled.")
    _cache_table(say)
    _static_files(say)
    _reference_data(say)
    for step in _steps:
        step(say)


def migrate(say: Say) -> None:
    """Apply the migrations that this database lacks."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
        say("Database brought up to date.")


def _cache_table(say: Say) -> None:
    kept = settings.CACHES["default"]
    if kept["BACKEND"].endswith("DatabaseCache") and kept["LOCATION"] not in connection.introspection.table_names():
        call_command("createcachetable", verbosity=0)


def _static_files(say: Say) -> None:
    now = _digest(f"{path} {seen}" for path, seen in _sources())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if not stamp.exists() or stamp.read_text(encoding="ascii") != now:
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        stamp.write_text(now, encoding="ascii")
        say("Static files collected.")


def _sources() -> Iterator[tuple[str, str]]:
    """Every static file with its size and time; names and times change together with the content."""
    for finder in finders.get_finders():
        for path, storage in finder.list([]):
            facts = Path(storage.path(path)).stat()
            yield path, f"{facts.st_size} {facts.st_mtime_ns}"


def _reference_data(say: Say) -> None:
    command = settings.REFERENCE_DATA_COMMAND
    if command not in get_commands():
        return
    files = sorted(Path(settings.REFERENCE_DIR).glob("*.csv"))
    now = _digest(hashlib.sha256(path.read_bytes()).hexdigest() for path in files)
    if Stamp.objects.filter(name="reference-data", value=now).exists():
        return
    call_command(command, verbosity=0)
    Stamp.objects.update_or_create(name="reference-data", defaults={"value": now})
    say("Reference data loaded.")


def _digest(lines: Iterator[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
