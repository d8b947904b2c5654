"""How a new file takes a note's place without a byte lost: the parts of ``write.py``."""
