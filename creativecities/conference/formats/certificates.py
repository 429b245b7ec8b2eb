"""All certificates of an edition as one archive."""

import tempfile
import zipfile
from collections import Counter
from collections.abc import Iterable
from typing import IO

from creativecities.conference.models import Certificate

IN_MEMORY = 4_000_000


def archive(certificates: Iterable[Certificate]) -> IO[bytes]:
    """A zip of the papers, by city and number; nobody’s name is in a file’s name. Who reads it closes it."""
    made = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - who reads it closes it
    of_city: Counter[str] = Counter()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as packed:
        for each in certificates:
            if each.paper is None or each.delegate is None:
                continue
            city = each.delegate.delegation.city.slug
            of_city[city] += 1
            with each.paper.content.open("rb") as raw:
                packed.writestr(f"{city}-{of_city[city]}.pdf", raw.read())
    made.seek(0)
    return made
