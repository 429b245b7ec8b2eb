"""Pages of the conference."""
