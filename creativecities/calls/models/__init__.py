"""Calls: what they say, in versions, and how their deadline was extended."""

from creativecities.calls.models.calls import Call, CallVersion, Extension

__all__ = ["Call", "CallVersion", "Extension"]
