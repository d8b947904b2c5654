"""What a user does with letters: finding, drafting, checking and sending them."""
