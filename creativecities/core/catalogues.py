"""Message catalogues, compiled with Babel: nobody needs gettext's tools to run the site."""

import os
from pathlib import Path

from django.conf import settings


def stale() -> list[Path]:
    """Catalogues that are newer than what was compiled from them."""
    found = [po for folder in settings.LOCALE_PATHS for po in sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))]
    return [po for po in found if not _is_fresh(po)]


def _is_fresh(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime


def compile_stale() -> int:
    """Compile what is stale; returns how many."""
    if not (waiting := stale()):
        return 0
    from babel.messages.mofile import write_mo  # loaded only when something is stale
    from babel.messages.pofile import read_po

    for po in waiting:
        with po.open("rb") as source:
            catalogue = read_po(source, locale=po.parts[-3], domain=po.stem)
        target = po.with_suffix(".mo")
        unfinished = target.with_suffix(f".{os.getpid()}")
        with unfinished.open("wb") as out:
            write_mo(out, catalogue)
        unfinished.replace(target)
    return len(waiting)
