"""What changes replaced, kept outside the vault: the store, its journal, its bounds, its commands."""
