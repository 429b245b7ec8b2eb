"""An engine for tests: two texts mean the same as far as they share words, whatever their order. Never for users."""

import zlib

import numpy as np

from creativecities.search.compute.tokens import tokens
from creativecities.search.compute.vectors import Rows

MEANS_THE_SAME = {"tram": "carriage", "straßenbahn": "carriage", "strassenbahn": "carriage"}


class Hash:
    name = "hash"

    def query(self, text: str) -> Rows:
        row = np.zeros(64, dtype=np.float32)
        for word in tokens(text):
            row[zlib.crc32(MEANS_THE_SAME.get(word, word).encode()) % 64] += 1
        return row / max(float(np.linalg.norm(row)), 1e-9)

    def passages(self, texts: list[str]) -> Rows:
        return np.stack([self.query(text) for text in texts])


class Broken:
    name = "broken"

    def __init__(self) -> None:
        raise ValueError("the file is not as it was delivered")
