"""Copying a whole database out and in, for SQLite and for PostgreSQL."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connection


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
    """Replace the whole database. Connections of a running site go on with the new content."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(source)) as copy:
            copy.backup(connection.connection)
        connection.close()
    else:
        connection.close()
        options = ("--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
        _run("pg_restore", *options, f"--dbname={connection.settings_dict['NAME']}", str(source))


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
