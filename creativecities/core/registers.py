"""What the code says of itself: pages and their audiences, moves, models. Read by `document` and by the house rules."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from creativecities.core.states import Move


@dataclass(frozen=True)
class Address:
    """One URL pattern: its path without language, its name, and who its page is for."""

    path: str
    name: str
    audience: tuple[str, ...]
    methods: tuple[str, ...]


def addresses(library: Mapping[str, str]) -> list[Address]:
    """Every address; `library` names the audience of pages that carry none themselves."""
    return sorted(_walk(get_resolver(), "", "", library), key=lambda address: (address.path, address.name))


def _walk(resolver: URLResolver, path: str, namespace: str, library: Mapping[str, str]) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        here = path + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, here, inner, library)
        elif isinstance(entry, URLPattern):
            name = f"{namespace}{entry.name or ''}"
            stated = getattr(entry.callback, "audience", None) or ((library[name],) if name in library else ())
            yield Address(_readable("/" + here), name, tuple(stated), tuple(getattr(entry.callback, "methods", ())))


def _readable(path: str) -> str:
    """A pattern as people write addresses: `/atlas<kind>` for a regular expression with a named part."""
    named = re.sub(r"\(\?P<(\w+)>[^)]*\)", r"<\1>", path)
    return re.sub(r"\\([.-])", r"\1", named).replace("^", "").replace("$", "")


def our_models() -> list[type[models.Model]]:
    """The models of the slices, in the order of the ladder."""
    return [model for model in apps.get_models() if model.__module__.startswith("creativecities.")]


def own_fields(model: type[models.Model]) -> list[Any]:
    """The columns and many-to-many fields of a model, its inherited ones included."""
    return [*model._meta.concrete_fields, *model._meta.many_to_many]


def tables_of_moves() -> dict[type[models.Model], Mapping[str, Move]]:
    """Models with a state, and how it may change."""
    return {model: model.MOVES for model in our_models() if hasattr(model, "MOVES")}


def kind_of(model: type[models.Model], step: Move) -> str:
    """The kind of the event a move leaves."""
    return f"{model._meta.app_label}.{model._meta.model_name}.{step.event}"
