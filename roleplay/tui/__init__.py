"""Drawing on a terminal. The only room that knows textual and rich; it decides nothing about a session."""
