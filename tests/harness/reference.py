"""The real network in a database of its own: loaded once in a run, then lent to one test after the other."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper


def load() -> BaseDatabaseWrapper:
    """Copy the empty database of the tests and load the reference data into the copy."""
    network = copy(connections["default"], "reference")
    with _in_place(network), transaction.atomic():
        call_command("load_data", verbosity=0)
        network.run_on_commit.clear()  # tests index what they look for themselves
    return network


@contextmanager
def lent(network: BaseDatabaseWrapper) -> Iterator[None]:
    """The database of one test, which Django's test case has opened, is the real network; what it changes is undone."""
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined]  # as its own, so that a durable block may stand inside
    with _in_place(network), around:
        yield
        if not network.needs_rollback:
            network.check_constraints()
        transaction.set_rollback(True)


@contextmanager
def given(network: BaseDatabaseWrapper) -> Iterator[None]:
    """The database of one test and of every process thread is a copy of the real network, thrown away at its end."""
    ours = connections["default"]
    copied, name = copy(network, "given"), ours.settings_dict["NAME"]
    ours.close()
    ours.settings_dict["NAME"] = copied.settings_dict["NAME"]
    try:
        yield
    finally:
        ours.close()
        ours.settings_dict["NAME"] = name
        drop(copied)


def copy(source: BaseDatabaseWrapper, suffix: str) -> BaseDatabaseWrapper:
    """A database with what is in this one, under its name and a suffix."""
    source.close()  # to be copied, it must be at rest
    source.creation.clone_test_db(suffix, verbosity=0, autoclobber=True)
    copied = source.copy()
    copied.settings_dict["NAME"] = source.creation.get_test_db_clone_settings(suffix)["NAME"]
    return copied


def drop(database: BaseDatabaseWrapper) -> None:
    """Take a copy away, also from who still reads it."""
    database.close()
    name = database.settings_dict["NAME"]
    if database.vendor == "postgresql":
        with database._nodb_cursor() as cursor:
            cursor.execute(f"DROP DATABASE {database.ops.quote_name(name)} WITH (FORCE)")
    else:
        database.creation._destroy_test_db(name, 0)


@contextmanager
def _in_place(database: BaseDatabaseWrapper) -> Iterator[None]:
    """This thread's connection leads to another database."""
    ours = connections["default"]
    connections["default"] = database
    try:
        yield
    finally:
        connections["default"] = ours
