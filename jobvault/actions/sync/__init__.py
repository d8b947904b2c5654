"""What other programs that sync need, and what they leave behind."""
