"""The day of the network: one for everybody, whatever clock a reader has chosen for what is shown."""

import datetime as dt


def today() -> dt.date:
    """Today in UTC. Mandates, memberships and lists begin and end by it."""
    return dt.datetime.now(dt.UTC).date()
