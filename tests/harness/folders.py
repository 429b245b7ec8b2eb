"""Temporary folders that name their test run, so that the next run can take away what a killed one left."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


def new(kind: str) -> Path:
    """An empty folder of this run."""
    return Path(tempfile.mkdtemp(prefix=f"{_prefix(kind)}{os.getpid()}-"))


def abandoned(kind: str) -> Iterator[Path]:
    """Folders of runs that are no more."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_prefix(kind)}*-*"):
        owner = folder.name.removeprefix(_prefix(kind)).split("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists() and os.access(folder, os.W_OK):
            yield folder


def _prefix(kind: str) -> str:
    return f"creativecities-{kind}-"
