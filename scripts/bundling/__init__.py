"""The tables of each edition, made from the publishers' files. One module an edition."""
