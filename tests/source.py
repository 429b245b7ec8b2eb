"""The source of the slices, parsed once, for the house rules."""

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CODE = ROOT / "creativecities"
SLICES = sorted(path.name for path in CODE.iterdir() if (path / "__init__.py").exists())


@dataclass(frozen=True)
class Module:
    """One file of application code."""

    path: Path
    tree: ast.Module

    @property
    def name(self) -> str:
        return self.path.relative_to(CODE).as_posix()

    @property
    def slice(self) -> str:
        return self.path.relative_to(CODE).parts[0]

    def is_in(self, *kinds: str) -> bool:
        """Whether the file is `<slice>/<kind>.py` or lies in the package `<slice>/<kind>/`."""
        parts = self.path.relative_to(CODE).with_suffix("").parts
        return len(parts) > 1 and parts[1] in kinds

    def functions(self) -> Iterator[ast.FunctionDef]:
        yield from (node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef))

    def calls(self) -> Iterator[tuple[str, ast.Call]]:
        """Every call with the name of the outermost function it stands in."""
        for top in self.tree.body:
            where = getattr(top, "name", "")
            for node in ast.walk(top):
                if isinstance(node, ast.Call):
                    yield where, node


@functools.cache
def modules() -> tuple[Module, ...]:
    """All application code: no tests, no migrations."""
    paths = [path for path in sorted(CODE.rglob("*.py")) if not {"tests", "migrations"} & set(path.parts)]
    return tuple(Module(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths)


def templates() -> list[Path]:
    return sorted(CODE.glob("*/templates/**/*.*"))


def template_name(path: Path) -> str:
    return path.relative_to(CODE).as_posix().split("/templates/", 1)[1]
