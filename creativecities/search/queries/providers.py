"""Who gives what can be found."""

from creativecities.search.compute.documents import Provider

_providers: dict[str, Provider] = {}


def register(provider: Provider) -> None:
    """Let the documents of a slice be found. Call in `AppConfig.ready()`."""
    _providers[provider.kind] = provider


def registered() -> list[Provider]:
    """All providers, in the order in which they came."""
    return list(_providers.values())
