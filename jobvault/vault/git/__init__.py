"""What git has open in the repository around a vault, and what git itself says of it."""
