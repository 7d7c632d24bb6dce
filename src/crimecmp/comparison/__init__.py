"""Figures of a force beside those of its benchmark: tables in, typed rows out."""
