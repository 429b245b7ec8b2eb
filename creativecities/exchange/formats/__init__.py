"""The exchange's files of the reference data: reading and checking them, and what their rows say."""
