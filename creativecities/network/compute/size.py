"""The size of a city, as a band: the figures behind it are too uneven to show, sort or sum."""

UNKNOWN = "unknown"
BANDS = (
    ("under-100k", 100_000),
    ("100k-500k", 500_000),
    ("500k-1m", 1_000_000),
    ("1m-5m", 5_000_000),
    ("over-5m", None),
)


def band(population: int | None) -> str:
    """The band of a population; `unknown` where none is known or the figure is nought."""
    if not population:
        return UNKNOWN
    return next(name for name, below in BANDS if below is None or population < below)
