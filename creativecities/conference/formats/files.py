"""A programme in a file of any of the formats, told apart by looking inside."""

from creativecities.conference.formats import frab, frab_json, ical
from creativecities.conference.formats.reading import Limits, Reading

ACCEPTED = ".xml,.json,.ics,application/xml,application/json,text/calendar"


def read(content: bytes, *, zone: str, limits: Limits | None = None) -> Reading:
    """A programme from a file, with whatever is wrong with it. `zone` is that of hours that name none."""
    begins = content[:400].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if begins[:1] in (b"{", b"["):
        return frab_json.read(content, zone=zone, limits=limits)
    if begins[:6].upper() == b"BEGIN:":
        return ical.read(content, zone=zone, limits=limits)
    return frab.read(content, zone=zone, limits=limits)
