"""QR codes as one path of a drawing."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Drawing:
    """A code that fills a square of `size` units, quiet zone included."""

    size: int
    path: str


QUIET = 4
"""Units around a code that stay white, as the standard asks."""


def drawing(text: str) -> Drawing:
    """A text as a QR code of middle correction: it is still read when some of it is worn off."""
    import qrcode  # slow to load

    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    squares = [
        f"M{x + QUIET} {y + QUIET}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark
    ]
    return Drawing(len(rows) + 2 * QUIET, "".join(squares))
