"""From an agreement's text to a draft of its file: rules, no guesses, and the source behind every field."""
