"""What the user can do. Each takes values, returns values and prints nothing."""
