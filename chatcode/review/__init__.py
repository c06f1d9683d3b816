"""Review: a coder confirms, message by message."""
