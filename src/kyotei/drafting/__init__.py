"""From the text of an agreement to a draft of its file: rules, no guesses, and the source behind every field."""
