"""What a folder of CSV tables holds: read, checked against the schema, and found by name.

Cells stay text, exactly as they were printed, until a comparison asks for typed figures. Every row
names its source.
"""
