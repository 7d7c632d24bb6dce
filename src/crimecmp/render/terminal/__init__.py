"""Text on a terminal: words folded and aligned, and pictures drawn in characters.

To draw a picture, `kinds` turns it into a chart of rows and inks, `columns` sets the widths, `axis`
finds the column of each figure, `inks` paint characters, `page` makes lines and `drawing` writes
them.
"""
