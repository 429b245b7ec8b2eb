"""Copying a whole database out and in, for SQLite and for PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection

EMPTY = "DROP SCHEMA IF EXISTS public CASCADE; CREATE SCHEMA public"
"""Also what the archive does not know, such as a table of a newer version that points to one of its tables."""


class ToolMissing(Exception):
    """A program that is needed is not installed, or it failed; says which and what to do."""


def dump(target: Path) -> None:
    """Write the database as it is at this moment, while others go on writing."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(target)) as copy:
            connection.connection.backup(copy)
            # One plain file: a copy in WAL mode would need two more beside it.
            copy.execute("PRAGMA journal_mode=DELETE")
    else:
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}")


def load(source: Path) -> None:
    """Replace the whole database, all of it or nothing. Connections of a running site go on with the new content."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(source)) as copy:
            copy.backup(connection.connection)
        connection.close()
    else:
        connection.close()
        script = source.with_suffix(".sql")
        _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(source))
        options = ("--no-psqlrc", "--quiet", "--single-transaction", "--set=ON_ERROR_STOP=1")
        _run("psql", *options, f"--command={EMPTY}", f"--file={script}")


def _run(program: str, *arguments: str) -> None:
    """Run a program of PostgreSQL; the password goes by the environment, where other users do not see it."""
    path = shutil.which(program)
    if path is None:
        raise ToolMissing(f"{program} is missing; install it with: apt-get install -y postgresql-client")
    facts = {**settings.DATABASES["default"], **connection.settings_dict}
    told = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    place = {name: str(facts[key]) for name, key in told.items() if facts.get(key)}
    done = subprocess.run(  # noqa: S603 - a program of the system with our own settings
        [path, *arguments], env={**os.environ, **place}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise ToolMissing(f"{program} failed: {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else '?'}")
