"""Pictures as data, one module for each kind: comparisons in, a picture out."""
