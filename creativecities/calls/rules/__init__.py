"""Who writes calls and files, endorses, judges and decides: None, or a Refusal with its reason."""
