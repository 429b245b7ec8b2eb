"""One initiative in the small folder of reference data, to be changed by tests."""

import csv
from pathlib import Path
from typing import Any

from creativecities.exchange.formats.initiatives import COLUMNS

ROW: dict[str, Any] = {
    "id": "lamps-by-the-river", "title": "Lamps by the river", "kind": "festival", "summary": "A night of lamps.",
    "lead_city": "Pedra", "lead_country": "PT", "partner_cities": "Vila Nova|PT;Pedra|NP", "fields": "design",
    "start_year": "2018", "end_year": "2019", "objectives": "O1", "areas_of_action": "A1", "sdgs": "1",
    "source": "https://example.org/lamps", "confidence": "sourced",
}  # fmt: skip


def write(folder: Path, *rows: dict[str, Any]) -> None:
    """Write the file: one initiative, or others that differ from it as they say."""
    with (folder / "initiatives.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(COLUMNS), lineterminator="\n")
        writer.writeheader()
        writer.writerows({**ROW, **row} for row in (rows or ({},)))
