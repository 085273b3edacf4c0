"""How indicators are judged, and what their figures must be. Pure: no session, no request, no clock."""
