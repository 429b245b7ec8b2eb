"""Meanings as rows of numbers: how they are kept small, and how they are compared.

Numpy is loaded when it is first needed, so that a process that compares nothing does not carry it.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.float32]
else:
    Rows = Any

DIRECTIONS = 32
"""How many directions in which languages differ are taken out."""


def digest(model: str, text: str) -> str:
    """Under which the meaning of a text is kept: it changes with the text and with the model."""
    return hashlib.sha256(f"{model}\n{text}".encode(errors="replace")).hexdigest()[:32]


def packed(rows: Rows) -> list[bytes]:
    """Each row in one byte a number. Its length is lost, which no comparison needs."""
    import numpy as np

    largest = np.maximum(np.abs(rows).max(axis=-1, keepdims=True), 1e-9)
    small = np.rint(rows / largest * 127).astype(np.int8)
    return [row.tobytes() for row in small]


def unpacked(kept: Sequence[bytes]) -> Rows:
    """Rows as they were kept, of length one."""
    import numpy as np

    return unit(np.frombuffer(b"".join(kept), dtype=np.int8).reshape(len(kept), -1).astype(np.float32))


def unit(rows: Rows) -> Rows:
    """Rows of length one, so that products are likenesses."""
    import numpy as np

    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    short: Rows = (rows / np.maximum(lengths, 1e-9)).astype(np.float32)
    return short


def without(directions: Rows, rows: Rows) -> Rows:
    """Rows without the directions in which languages differ: what is left is what is meant, in any of them."""
    import numpy as np

    if not len(directions):
        return rows
    along: Rows = rows @ directions.T
    left: Rows = np.subtract(rows, along @ directions, dtype=np.float32)
    return left


def language_directions(parallel: Iterable[Rows], *, most: int = DIRECTIONS) -> Rows:
    """The main directions in which the same texts differ from language to language.

    Each set of texts is an array of languages, texts and numbers; the sets may be in different languages.
    """
    import numpy as np

    apart = [(told - told.mean(axis=0)).reshape(-1, told.shape[-1]) for told in parallel]
    _left, _sizes, directions = np.linalg.svd(np.concatenate(apart), full_matrices=False)
    return directions[:most].astype(np.float32)
