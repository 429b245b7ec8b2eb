"""A template of ours that shows a variable nobody gave it fails its test."""

import sys
from pathlib import Path
from types import FrameType
from typing import Any

from django.template.base import Node, Origin

OURS = Path(__file__).resolve().parents[2] / "creativecities"


class UndefinedVariable(AssertionError):
    """A template of ours used a variable that is not there."""


class Undefined(str):
    """Django's `string_if_invalid`: raises for templates of ours, stays silent for those of libraries."""

    __slots__ = ()

    def __new__(cls) -> "Undefined":
        return super().__new__(cls, "%s")

    def __mod__(self, variable: Any) -> str:
        origin = _rendering(sys._getframe(1))
        if origin is not None and _is_ours(origin):
            raise UndefinedVariable(f"{{{{ {variable} }}}} is undefined in {origin.name}")
        return ""


def _rendering(frame: FrameType | None) -> Origin | None:
    """The template whose node is being rendered, found on the stack."""
    while frame is not None:
        node = frame.f_locals.get("self")
        if isinstance(node, Node) and getattr(node, "origin", None) is not None:
            return node.origin
        frame = frame.f_back
    return None


def _is_ours(origin: Origin) -> bool:
    try:
        return Path(origin.name).resolve().is_relative_to(OURS)
    except (OSError, ValueError):
        return False
