"""Pages of calls, named by audience."""
