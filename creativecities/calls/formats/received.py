"""The files that were handed in in a call, as data for the Secretariat."""

from typing import Any

COLUMNS = (
    "code", "city", "country", "region", "creative_field", "language", "population", "state", "state_label",
    "submitted_at", "is_endorsed", "waits_until",
)  # fmt: skip


def as_row(file: Any) -> dict[str, Any]:
    """One file, under its code and never its number."""
    return {
        "code": file.code,
        "city": file.city_name,
        "country": file.country_id,
        "region": file.country.region_id,
        "creative_field": file.field_id,
        "language": file.language,
        "population": file.population,
        "state": file.state,
        "state_label": str(file.STATES[file.state]),
        "submitted_at": file.submitted_at,
        "is_endorsed": file.is_endorsed,
        "waits_until": file.waits_until,
    }
