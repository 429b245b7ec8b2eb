"""The pages of `docs/generated/`, made from what the code says of itself."""

import importlib
import importlib.util
from collections.abc import Iterable, Mapping

from django.apps import apps
from django.db import models

from config import libraries
from creativecities.core import access, events, privacy, registers

HEAD = "<!-- Written by `make documents`; do not edit. -->\n\n"


def pages() -> dict[str, str]:
    """File name → text."""
    made = {
        "access.md": _access(),
        "data-dictionary.md": _dictionary(),
        "states.md": _states(),
        "events.md": _events(),
    }
    return {name: HEAD + text.rstrip() + "\n" for name, text in made.items()}


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(tuple(columns))}"]
    lines += [f"| {' | '.join(cell.replace('|', '&#124;') for cell in row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def library_audiences() -> Mapping[str, str]:
    """The audiences of pages that come with a library, where a slice has named them."""
    found: dict[str, str] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.audiences"
        if config.name.startswith("creativecities.") and importlib.util.find_spec(name):
            found |= importlib.import_module(name).AUDIENCES
    return found


def _access() -> str:
    names = [name for name in sorted(access.audiences()) if name != "public"]
    rows = []
    for address in registers.addresses(library_audiences()):
        cells = ["●" if {"public", "signed-in", name} & set(address.audience) else "" for name in names]
        methods = ", ".join(method for method in address.methods if method != "HEAD") or "as the library has it"
        everybody = "●" if "public" in address.audience else ""
        rows.append([f"`{address.path}`", f"`{address.name}`", methods, everybody, *cells])
    intro = (
        "# Who may open which page\n\nOne row for each address, without its language. Signed out, a page that is not "
        "for everybody leads to the sign-in page; signed in without the role, it does not exist.\n\n"
    )
    return intro + _table(["Address", "Name", "Methods", "everybody", *names], rows)


def _dictionary() -> str:
    parts = [
        "# What is kept\n\nEvery field with its class: *open* may be published, *internal* is for members and staff, "
    ]
    parts.append("*personal* is about a person, is given to that person on request and erased when they leave.\n")
    for model in registers.our_models():
        parts.append(f"\n## {model._meta.label}\n\n{_purpose(model)}\n\n")
        rows = [
            [f"`{field.name}`", _kind(field), privacy.class_of(field) or "?", str(field.help_text)]
            for field in registers.own_fields(model)
        ]
        parts.append(_table(["Field", "Kind", "Class", "Remark"], rows))
    parts.append("\n## Tables of libraries\n\n")
    parts.append(_table(["Table", "Class"], [[f"`{label}`", kind] for label, kind in sorted(libraries.MODELS.items())]))
    return "".join(parts)


def _purpose(model: type[models.Model]) -> str:
    """The first paragraph of the docstring; Django writes one of its own where there is none."""
    text = (model.__doc__ or "").strip().split("\n\n")[0]
    return "" if text.startswith(f"{model.__name__}(") else " ".join(text.split())


def _kind(field: models.Field) -> str:  # type: ignore[type-arg]
    target = field.related_model
    where = f" → {target._meta.label}" if isinstance(target, type) else ""
    size = f" ({field.max_length})" if getattr(field, "max_length", None) else ""
    return f"{type(field).__name__.removesuffix('Field')}{size}{where}{', may be empty' if field.null else ''}"


def _states() -> str:
    parts = ["# States and moves\n"]
    for model, moves in registers.tables_of_moves().items():
        parts.append(f"\n## {model._meta.label}\n\n{_purpose(model)}\n\n```mermaid\nstateDiagram-v2\n")
        for verb, step in moves.items():
            parts += [f"    {_node(source)} --> {_node(step.target)}: {verb}\n" for source in step.sources]
        parts.append("```\n")
    return "".join(parts)


def _node(state: str) -> str:
    return state.replace("-", "_")


def _events() -> str:
    rows = [
        [f"`{kind}`", events.sentence(kind, actor="*who*", subject="*what*", facts={})]
        for kind in sorted(events.kinds())
    ]
    return "# Events\n\nEvery kind of event with its sentence.\n\n" + _table(["Kind", "Sentence"], rows)
