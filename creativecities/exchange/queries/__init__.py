"""What is asked of initiatives."""
