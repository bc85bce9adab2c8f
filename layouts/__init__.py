"""What the user sees, without data."""
