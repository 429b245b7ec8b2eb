"""Who gives what can be found, and the words of a question that speak for something."""

from collections.abc import Callable, Iterable

from creativecities.search.compute.cues import Cue
from creativecities.search.compute.documents import Provider

_providers: dict[str, Provider] = {}
_cues: list[Callable[[], Iterable[Cue]]] = []


def register(provider: Provider) -> None:
    """Let the documents of a slice be found. Call in `AppConfig.ready()`."""
    _providers[provider.kind] = provider


def registered() -> list[Provider]:
    """All providers, in the order in which they came."""
    return list(_providers.values())


def register_cues(cues: Callable[[], Iterable[Cue]]) -> None:
    """Let words of a question speak for values of facets. Call in `AppConfig.ready()`."""
    _cues.append(cues)


def cues() -> list[Cue]:
    """What all slices registered."""
    return [cue for each in _cues for cue in each()]
