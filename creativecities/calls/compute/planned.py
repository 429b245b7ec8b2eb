"""What a handed-in file says of the time after: who speaks for the city, and what it plans."""

from collections.abc import Iterator

from creativecities.calls.compute.files import Content, is_empty, rows_of

CONTACTS = ("mayor", "mayors-representative", "focal-point", "alternative-contact")
"""Blocks of the form, which are roles of the network."""
PLANS = {"local": "practice", "international": "collaboration"}
"""Blocks of the form, and the kind of initiative each row of them becomes."""


def contacts(content: Content) -> Iterator[tuple[str, str, str]]:
    """Role, name and address of whom the file names; a role the file does not speak of is left out."""
    for role in CONTACTS:
        names, addresses = rows_of(content, f"{role}-name"), rows_of(content, f"{role}-email")
        for row in sorted({*names, *addresses}):
            name, address = (str(rows.get(row) or "").strip() for rows in (names, addresses))
            if name or address:
                yield role, name, address


def ideas(content: Content) -> Iterator[dict[str, str]]:
    """The initiatives it plans, in its own words and language."""
    for block, kind in PLANS.items():
        titles = rows_of(content, f"{block}-title")
        texts, results = rows_of(content, f"{block}-text"), rows_of(content, f"{block}-results")
        for row, title in sorted(titles.items()):
            if is_empty(title):
                continue
            parts = (str(each.get(row) or "").strip() for each in (texts, results))
            yield {
                "kind": kind, "title": " ".join(str(title).split()), "summary": "\n\n".join(filter(None, parts)),
                "language": content["city"]["language"],
            }  # fmt: skip
