"""The parts of `crimecmp.importers.ons_tables`, from a sheet of text to rows of the data model.

Finding things by their text: `marks` removes footnote marks, `years` reads dates, `titles`
identifies the tables and `headings` finds the columns.

Choosing rows: `lines` holds the rows of a sheet, `codes` and `blocks` match them to areas with and
without area codes, `national` identifies England and Wales, and `areas` holds the rows that are
kept. `table` combines all of these.

Writing rows: `cells` reads figures, `measures` matches columns to metrics and `notes` writes notes
on figures. `crimes` and `incidents` (both through `rates`), `changes` and `bases` add rows to a
`draft`.
"""
