"""What is always on: no network but loopback, nothing kept from the test before."""

import ipaddress
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.utils import translation

from creativecities.core import freshness, pagecache


class NetworkUsed(AssertionError):
    """A test reached for the network."""


def _is_loopback(address: Any) -> bool:
    if not isinstance(address, tuple):
        return True  # a Unix socket
    host = str(address[0])
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def guarded(original: Any) -> Any:
    """`socket.connect` that refuses every address outside this machine."""

    def connect(self: socket.socket, address: Any) -> Any:
        if not _is_loopback(address):
            raise NetworkUsed(f"this test wanted to connect to {address[0]}")
        return original(self, address)

    return connect


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """Each test begins with empty memories, in English."""
    cache.clear()
    pagecache.shelf.clear()
    freshness.forget()
    with translation.override("en"):
        yield


@pytest.fixture
def page_cache(monkeypatch: pytest.MonkeyPatch) -> pagecache.Shelf:
    """The page cache, which tests do without unless they ask."""
    monkeypatch.setattr(pagecache.shelf, "most_bytes", 16_000_000)
    return pagecache.shelf
