"""The files of the reference data: reading and checking, without the database."""

from creativecities.network.formats.reference import Plan, read
from creativecities.network.formats.table import Row, RowError

__all__ = ["Plan", "Row", "RowError", "read"]
