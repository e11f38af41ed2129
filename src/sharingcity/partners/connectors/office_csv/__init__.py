"""A table that an office fills in a spreadsheet."""
