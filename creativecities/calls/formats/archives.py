"""Archives on the disk: a zip that grows entry by entry, never in memory, and is gone on with by any process."""

import contextlib
import datetime as dt
import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

PACKED = (".csv", ".html", ".json", ".txt")
"""What shrinks is made smaller; PDFs and photographs are as small as they get."""


@dataclass(frozen=True)
class Entry:
    """Something in an archive."""

    path: str
    size: int
    sha256: str


class Archive:
    """A zip that is written. What is in it is listed at its end, each with the SHA-256 of its content."""

    def __init__(self, opened: zipfile.ZipFile) -> None:
        self._zip = opened

    def add(self, path: str, content: Iterable[bytes], *, size: int, at: dt.datetime) -> str:
        """Put something in, piece by piece; gives its SHA-256. `size` may be a guess."""
        info = zipfile.ZipInfo(path, date_time=at.timetuple()[:6])
        info.external_attr = 0o600 << 16
        info.compress_type = zipfile.ZIP_DEFLATED if path.endswith(PACKED) else zipfile.ZIP_STORED
        info.file_size = size
        digest = hashlib.sha256()
        with self._zip.open(info, "w") as entry:
            for piece in content:
                digest.update(piece)
                entry.write(piece)
        info.comment = digest.hexdigest().encode()  # kept in the list at the end of the archive
        return digest.hexdigest()

    def entries(self) -> list[Entry]:
        """Everything that is in it so far."""
        return [Entry(each.filename, each.file_size, each.comment.decode()) for each in self._zip.infolist()]


@contextlib.contextmanager
def going_on(path: Path, *, is_new: bool) -> Iterator[Archive]:
    """The archive under a path, begun or gone on with. Raises FileNotFoundError where it should be and is not."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(path, "w+b" if is_new else "r+b", opener=_private) as raw, zipfile.ZipFile(raw, "a") as opened:
        yield Archive(opened)


def _private(path: str, flags: int) -> int:
    """For nobody else on the machine: all that cities entrusted to the site is in it."""
    return os.open(path, flags, 0o600)


def place(name: str) -> Path:
    """Where the archive of a name lies."""
    return Path(settings.EXPORTS_ROOT) / f"{name}.zip"


def is_there(name: str) -> bool:
    """Whether the archive of a name lies there."""
    return place(name).is_file()


def names() -> list[str]:
    """Of all archives that lie there."""
    folder = Path(settings.EXPORTS_ROOT)
    return sorted(path.stem for path in folder.glob("*.zip")) if folder.is_dir() else []


def remove(name: str) -> None:
    """Take an archive away, if it is there."""
    place(name).unlink(missing_ok=True)
