"""Figures of a force beside its benchmark's: tables in, typed rows out."""
