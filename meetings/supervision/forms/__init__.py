"""What is sent about reminders, supervision and instructions."""
