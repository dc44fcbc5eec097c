"""Civil dates: lengths, counting, Japanese dates and closed days. Knows no agreement."""
