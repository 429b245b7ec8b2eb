"""What is typed on pages of the conference."""
