"""The disk, and nothing else: where things live, what is read and how it is written."""
