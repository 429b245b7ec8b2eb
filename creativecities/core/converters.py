"""Endings of the addresses of lists, which say in which form a list is wanted as data."""

from django.urls import register_converter
from django.urls.converters import StringConverter


class ListKind(StringConverter):
    """Of what has places on a map."""

    regex = "csv|json|geojson"


class TableKind(StringConverter):
    """Of what has none."""

    regex = "csv|json"


def register() -> None:
    """Make them known to the addresses of every slice: `<kind:kind>`, `<table:kind>`."""
    register_converter(ListKind, "kind")
    register_converter(TableKind, "table")
