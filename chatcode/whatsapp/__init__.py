"""Import: read what WhatsApp's "Export chat" writes."""
