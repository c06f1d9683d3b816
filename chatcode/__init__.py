"""Code WhatsApp neighbourhood-watch chats for an intervention study."""
