"""A list -> agreements' files: sheet, headings, values, ids, files, and what became of each row."""
