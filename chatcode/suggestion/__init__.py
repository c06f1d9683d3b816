"""Suggest: propose codes for messages, and say why."""
