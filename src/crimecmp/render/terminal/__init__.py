"""Characters on a terminal: words folded and aligned, and pictures drawn in signs.

A picture's way: `kinds` makes a chart of it, which is rows of words and inks; `columns` finds how
wide everything is; `axis` where a figure goes; `inks` draw; `page` puts lines together; `drawing`
writes them.
"""
