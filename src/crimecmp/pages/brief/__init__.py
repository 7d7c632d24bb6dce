"""The brief form of each page: what fits a screen, the answer first. One module a kind of page."""
