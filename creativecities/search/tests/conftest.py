"""An index over invented documents."""

import pytest

from creativecities.core import freshness
from creativecities.search import jobs
from creativecities.search.compute.documents import Document, Provider, Text
from creativecities.search.queries import providers


class Shelfful:
    """Documents that a test puts, changes and takes away."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}

    def put(self, key: str, title: str, text: str = "", *, language: str = "en", **more: object) -> None:
        texts = [Text(language, text)] if text else []
        self.documents[key] = Document(
            kind="thing", key=key, path=f"/things/{key}/", titles={"en": title}, texts=texts, **more
        )

    def index(self) -> int:
        written = jobs.bring_up_to_date()
        freshness.forget()  # as every process does after a commit
        return written


@pytest.fixture
def things(db: None, monkeypatch: pytest.MonkeyPatch) -> Shelfful:
    held = Shelfful()

    def documents(keys):
        return [one for key, one in held.documents.items() if keys is None or key in keys]

    monkeypatch.setattr(providers, "_providers", {"thing": Provider("thing", documents)})
    return held
