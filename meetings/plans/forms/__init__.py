"""What the office fills in about plans, their rows and indicators."""
