"""Tables of figures and names: text in, checked tables out."""
