"""Writing to disk so that whatever stops the program leaves the old or the new, whole."""
