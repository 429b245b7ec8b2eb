"""Who runs an edition, registers, speaks, votes and comes in: None, or a Refusal with its reason."""
