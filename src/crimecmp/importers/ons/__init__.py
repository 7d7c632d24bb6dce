"""The parts of `crimecmp.importers.ons_tables`, from a sheet of text to rows of the data model.

What stands where, by what it says: `marks` takes footnote marks off, `years` reads dates, `titles`
tells the tables apart, `headings` finds the columns. Which rows are taken: `lines` are the rows of
a sheet as they stand, `codes` and `blocks` tell whose they are with and without area codes,
`national` knows England and Wales, `areas` has the rows that are left. `table` is all of this.

Rows: `cells` reads figures, `measures` knows which metric a column is of, `notes` says what is to
be known of figures, and `crimes`, `incidents` (both by `rates`), `changes` and `bases` add rows to
a `draft`.
"""
