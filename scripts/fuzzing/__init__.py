"""What `scripts/fuzz.py` tries: one module for each class of input."""
