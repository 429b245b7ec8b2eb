"""The reference data in a test's database: loaded once in a run, then copied row by row, which takes a moment."""

from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]


class _Undo(Exception):
    """Ends the transaction in which the data was loaded."""


def load() -> Rows:
    """Load the reference data in a transaction, read every table, and undo."""
    rows: Rows = {}
    try:
        with transaction.atomic():
            call_command("load_data", verbosity=0)
            rows = _read()
            raise _Undo
    except _Undo:
        return rows


def put(rows: Rows) -> None:
    """Write the rows where the same tables are empty, and let the next keys follow them."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table, (columns, values) in rows.items():
            names = ", ".join(map(connection.ops.quote_name, columns))
            marks = ", ".join(["%s"] * len(columns))
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")
            cursor.executemany(f"INSERT INTO {connection.ops.quote_name(table)} ({names}) VALUES ({marks})", values)
        for statement in connection.ops.sequence_reset_sql(no_style(), _models(rows)):
            cursor.execute(statement)


def _models(rows: Rows) -> list[Any]:
    return [model for model in apps.get_models() if model._meta.db_table in rows]


def _read() -> Rows:
    """All rows of our own tables that hold any. JSON is read as the database keeps it."""
    found: Rows = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            if not model.__module__.startswith("creativecities.") or model._meta.proxy:
                continue
            table = model._meta.db_table
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)} ORDER BY 1")
            columns = [column[0] for column in cursor.description]
            if values := [tuple(map(_plain, row)) for row in cursor.fetchall()]:
                found[table] = (columns, values)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, (dict, list)) and connection.vendor == "postgresql":
        from psycopg.types.json import Jsonb  # only where it is the database

        return Jsonb(value)
    return value
