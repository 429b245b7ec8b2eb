"""A backup is one file: the database, the files people handed in, and a manifest with counts and checksums.

SQLite is copied with its online backup while the site runs; PostgreSQL with `pg_dump`. What is restored is checked
before anything is replaced.

A backup would bring back what was forgotten on purpose since. So slices say by marks, which tell nothing by themselves,
what they have forgotten; a ledger beside the database keeps the marks, and after a restore it is forgotten again.
"""

import datetime as dt
import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import F

from creativecities.core import databases, freshness
from creativecities.core.models import Generation

FORMAT = 1
DATABASE, MANIFEST, FILES = "database", "manifest.json", "files/"
MADE_BY_ITSELF = frozenset(
    ("contenttypes.contenttype", "auth.permission", "sessions.session", "core.stamp", "core.clock", "core.generation")
)
Marks = Callable[[], Iterable[str]]
Forget = Callable[[frozenset[str]], int]
_forgetful: list[tuple[Marks, Forget]] = []


class BackupFault(Exception):
    """Why a backup cannot be made or restored, in a sentence for the operator."""


def register_forgetting(marks: Marks, forget: Forget) -> None:
    """Say what this database knows to be forgotten, and how to forget it again; `forget` returns how much it found."""
    _forgetful.append((marks, forget))


def note_forgotten(marks: Iterable[str]) -> None:
    """Write marks into the ledger, each once."""
    if fresh := sorted(set(marks) - forgotten()):
        with os.fdopen(os.open(_ledger(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "a") as ledger:
            ledger.write("".join(f"{mark}\n" for mark in fresh))


def forgotten() -> frozenset[str]:
    """The marks in the ledger."""
    path = _ledger()
    return frozenset(path.read_text(encoding="ascii").split()) if path.exists() else frozenset()


def _ledger() -> Path:
    return Path(settings.DATA_DIR) / "forgotten"


def note_all_forgotten() -> None:
    """Write down what this database knows to be forgotten: before a backup, and before another one replaces it."""
    for marks, _forget in _forgetful:
        note_forgotten(marks())


def backup(target: Path) -> dict[str, Any]:
    """Write a backup to `target` and return its manifest. An unfinished one never has the final name."""
    note_all_forgotten()
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(target.name + ".part")
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        dump = Path(folder) / DATABASE
        databases.dump(dump)
        files = {FILES + name: path for name, path in _stored_files()}
        manifest = {**_facts(), "checksums": {name: _digest(path) for name, path in [(DATABASE, dump), *files.items()]}}
        with _private(unfinished) as raw, tarfile.open(fileobj=raw, mode="w:gz", compresslevel=5) as archive:
            _add_text(archive, MANIFEST, json.dumps(manifest, indent=1))
            for name, path in [(DATABASE, dump), *files.items()]:
                archive.add(path, arcname=name, recursive=False)
    unfinished.replace(target)
    return manifest


def _private(path: Path) -> IO[bytes]:
    """A new file that nobody else on the machine can read: all that people entrusted to the site is in it."""
    path.unlink(missing_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _facts() -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "database": connection.vendor,
        "rows": counts(),
        "migrations": sorted(".".join(name) for name in _applied()),
    }


def counts() -> dict[str, int]:
    """Rows of each table."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            found[table] = cursor.fetchone()[0]
    return found


def _applied() -> set[tuple[str, str]]:
    return set(MigrationLoader(connection).applied_migrations)


def _stored_files() -> Iterator[tuple[str, Path]]:
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_file():
            yield path.relative_to(root).as_posix(), path


def _digest(path: Path) -> str:
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _add_text(archive: tarfile.TarFile, name: str, text: str) -> None:
    raw = text.encode()
    entry = tarfile.TarInfo(name)
    entry.size = len(raw)
    archive.addfile(entry, io.BytesIO(raw))


def restore(source: Path, *, force: bool = False) -> dict[str, Any]:
    """Replace database and files by those of the backup; returns its manifest.

    Raises BackupFault, before anything is touched, if the file is damaged, comes from another kind of database or from
    a newer version, or if there is something to lose and `force` does not say to lose it.
    """
    with tempfile.TemporaryDirectory() as folder:
        manifest = _unpack(source, Path(folder))
        _must_fit(manifest)
        if not force and _is_in_use():
            raise BackupFault("This database is not empty. To replace it all the same: make restore FILE=… FORCE=1")
        if _has_tables():
            note_all_forgotten()
        last = Generation.objects.filter(pk=1).values_list("number", flat=True).first() if _has_tables() else None
        databases.load(Path(folder) / DATABASE)
        _put_files(Path(folder) / FILES, Path(settings.MEDIA_ROOT))
        _outdate(last or 0)
    return manifest


def settle() -> int:
    """After a restore, on a migrated database: nobody is signed in, and what was forgotten is forgotten again."""
    Session.objects.all().delete()
    return sum(forget(forgotten()) for _marks, forget in _forgetful)


def _unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Take the archive apart below `folder`, file by file, and check each against the manifest."""
    if not source.is_file():
        raise BackupFault(f"There is no file {source}.")
    try:
        with tarfile.open(source, "r:gz") as archive:
            manifest: dict[str, Any] = json.load(_member(archive, MANIFEST))
            for name, digest in manifest["checksums"].items():
                path = (folder / name).resolve()
                if not path.is_relative_to(folder.resolve()):
                    raise BackupFault(f"{source.name} names a file outside its folder: {name}")
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("wb") as out:
                    shutil.copyfileobj(_member(archive, name), out)
                if _digest(path) != digest:
                    raise BackupFault(f"{source.name} is damaged: {name} is not what was saved.")
    except (tarfile.TarError, OSError, EOFError, ValueError, KeyError) as error:
        raise BackupFault(f"{source.name} is no backup, or is damaged ({type(error).__name__}).") from error
    return manifest


def _member(archive: tarfile.TarFile, name: str) -> Any:
    found = archive.extractfile(name)
    if found is None:
        raise KeyError(name)
    return found


def _must_fit(manifest: dict[str, Any]) -> None:
    if manifest["format"] != FORMAT:
        raise BackupFault(f"This backup has format {manifest['format']}; this version reads format {FORMAT}.")
    if manifest["database"] != connection.vendor:
        raise BackupFault(f"This backup is of {manifest['database']}; the site runs on {connection.vendor}.")
    known = {".".join(name) for name in MigrationLoader(None).disk_migrations or ()}
    if newer := sorted(set(manifest["migrations"]) - known):
        raise BackupFault(f"This backup was made by a newer version, which knows {newer[0]}. Upgrade first.")


def _has_tables() -> bool:
    return Generation._meta.db_table in connection.introspection.table_names()


def _is_in_use() -> bool:
    """Whether anything is here that somebody entered or loaded."""
    tables = set(connection.introspection.table_names())
    return any(
        model._default_manager.exists()
        for model in apps.get_models()
        if model._meta.label_lower not in MADE_BY_ITSELF and model._meta.db_table in tables
    )


def _put_files(source: Path, target: Path) -> None:
    for path in sorted(source.rglob("*")) if source.is_dir() else ():
        if path.is_file():
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, place)


def _outdate(last: int) -> None:
    """Whatever a running process keeps in memory is older than what was restored."""
    Generation.objects.filter(pk=1, number__lt=last).update(number=last)
    Generation.objects.get_or_create(pk=1, defaults={"number": last})
    Generation.objects.filter(pk=1).update(number=F("number") + 1)
    freshness.tell_this_machine()
