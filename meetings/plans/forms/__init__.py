"""What people fill in about plans, their rows, indicators and values."""
