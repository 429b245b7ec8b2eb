"""Answers that join several models of the conference."""
