"""Word files as what they are: a zip archive of XML, opened with limits before anything in it is unfolded."""

import io
import re
import zipfile

MOST_PARTS = 2_000
MOST_BYTES = 60_000_000
"""Of everything in the archive, unfolded."""
MOST_TIMES = 200
"""How many times larger than in the archive a part may be: text shrinks to a tenth, a bomb to a thousandth."""
LARGE = 1_000_000
"""Parts smaller than this may shrink as they like."""
MAIN = "word/document.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_ENTITIES = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)


class NotWord(ValueError):
    """Not a Word file that can be opened; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def look_into(raw: bytes) -> None:
    """Raise NotWord: `not-word`, `bomb`, `macros`, `encrypted` or `broken`."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            _measure(package.infolist())
            _read(package)
    except NotWord:
        raise
    except Exception as error:  # zipfile raises many kinds; all mean that nothing can be read
        raise NotWord("broken") from error


def _measure(parts: list[zipfile.ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if MAIN not in names or "[Content_Types].xml" not in names:
        raise NotWord("not-word")
    if any(part.flag_bits & 0x1 for part in parts):
        raise NotWord("encrypted")
    if len(parts) > MOST_PARTS or len(names) != len(parts) or sum(part.file_size for part in parts) > MOST_BYTES:
        raise NotWord("bomb")
    if any(part.file_size > LARGE and part.file_size > MOST_TIMES * max(1, part.compress_size) for part in parts):
        raise NotWord("bomb")
    if any("vbaproject" in name.casefold() or name.casefold().endswith(".bin") for name in names):
        raise NotWord("macros")


def _read(package: zipfile.ZipFile) -> None:
    """Unfold each part once, no further than it says it goes, and let no part declare entities."""
    for part in package.infolist():
        with package.open(part) as content:
            said = content.read(part.file_size + 1)
        if len(said) > part.file_size:
            raise NotWord("bomb")
        if part.filename.endswith((".xml", ".rels")) and (b"\0" in said or _ENTITIES.search(said)):
            raise NotWord("bomb")  # also UTF-16, in which a declaration could hide: Word writes UTF-8
        if part.filename == "[Content_Types].xml" and _TYPE.encode() not in said:
            raise NotWord("macros" if b"macroEnabled" in said else "not-word")
