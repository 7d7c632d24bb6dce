"""The door to crimecmp from Python and notebooks: names and figures in, frames out."""
