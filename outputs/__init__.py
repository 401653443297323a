"""What the officer gets: report, lists, tables, review page."""
