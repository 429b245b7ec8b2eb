"""Every kind of event has a sentence. Slices register theirs; a house rule fails on a kind without one."""

from collections.abc import Mapping

from django.utils.functional import Promise

_sentences: dict[str, str | Promise] = {}


def register(sentences: Mapping[str, str | Promise]) -> None:
    """Add sentences by kind. `%(actor)s`, `%(subject)s` and the event's facts can be named in them."""
    _sentences.update(sentences)


def kinds() -> frozenset[str]:
    """All kinds that have a sentence."""
    return frozenset(_sentences)


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


def sentence(kind: str, *, actor: str, subject: str, facts: Mapping[str, object]) -> str:
    """What happened, in the reader's language. An unknown kind is shown by its name."""
    template = _sentences.get(kind)
    if template is None:
        return kind
    return str(template) % _Facts(facts, actor=actor, subject=subject)
