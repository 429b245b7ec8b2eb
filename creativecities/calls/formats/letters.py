"""The letter of a National Commission, where it is written here."""

from typing import Any

from creativecities.core import pdf


def set_in_type(context: dict[str, Any], language: str) -> bytes:
    """The PDF of a letter; nothing where this machine makes none: the words are kept then."""
    return pdf.as_pdf("calls/letter.html", context, language) if pdf.is_possible() else b""
