"""What people send of plans and their values."""
