"""Every write of calls, split by subject."""
