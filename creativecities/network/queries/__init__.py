"""Answers that join several models."""
