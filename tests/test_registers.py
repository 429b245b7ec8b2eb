"""What the code must say of itself: an audience for every page, a sentence for every event, a class for every field."""

import ast
import re

import pytest
from django.apps import apps

from config.libraries import MODELS
from creativecities.accounts.audiences import AUDIENCES
from creativecities.core import access, events, privacy, registers
from tests.source import modules

pytestmark = pytest.mark.apart

KIND = re.compile(r"[a-z]+\.[a-z]+\.[a-z_]+")


def test_every_page_states_its_audience():
    found = registers.addresses(AUDIENCES)
    assert len(found) > 20
    silent = [f"{address.path} ({address.name})" for address in found if not address.audience]
    assert not silent, "\n".join(silent)


def test_every_audience_is_registered():
    known = set(access.audiences())
    wrong = [f"{one.path}: {one.audience}" for one in registers.addresses(AUDIENCES) if not set(one.audience) <= known]
    assert not wrong, "\n".join(wrong)


def test_the_table_of_library_pages_names_only_pages_that_are_there():
    names = {address.name for address in registers.addresses(AUDIENCES)}
    assert sorted(set(AUDIENCES) - names) == []


def _named() -> dict[str, str]:
    """Every text that reads like a kind of event where events are recorded, with the place where it stands."""
    texts = [
        (node.value, f"{module.name}:{node.lineno}", module.slice)
        for module in modules()
        if module.is_in("actions") or any(ast.unparse(call.func) == "record" for _where, call in module.calls())
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return {text: where for text, where, home in texts if KIND.fullmatch(text) and text.split(".")[0] == home}


def test_every_kind_of_event_has_a_sentence():
    tables = registers.tables_of_moves().items()
    moved = {registers.kind_of(model, step): model._meta.label for model, moves in tables for step in moves.values()}
    named = _named()
    assert len(named) > 5
    without = [f"{kind} ({where})" for kind, where in {**named, **moved}.items() if kind not in events.kinds()]
    assert not without, "\n".join(without)


def test_kinds_follow_the_grammar():
    assert [kind for kind in sorted(events.kinds()) if not KIND.fullmatch(kind)] == []


def test_every_sentence_can_be_said_without_facts():
    for kind in sorted(events.kinds()):
        said = events.sentence(kind, actor="A", subject="S", facts={})
        assert said, kind
        assert "%(" not in said, kind


def test_every_field_is_classed():
    without = [
        f"{model._meta.label}.{field.name}"
        for model in registers.our_models()
        for field in registers.own_fields(model)
        if privacy.class_of(field) is None
    ]
    assert not without, "\n".join(without)


def test_no_class_is_given_to_a_field_that_is_not_there():
    wrong = [
        f"{model._meta.label}.{name}"
        for model in registers.our_models()
        for name in getattr(model, "DATA", {})
        if name not in {field.name for field in registers.own_fields(model)}
    ]
    assert not wrong, "\n".join(wrong)


def test_every_model_of_a_library_is_classed():
    theirs = {model._meta.label_lower for model in apps.get_models()} - {
        model._meta.label_lower for model in registers.our_models()
    }
    assert sorted(theirs ^ set(MODELS)) == []
