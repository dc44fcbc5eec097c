"""Rows and findings -> text on a terminal, a page or a pipe. The one home of rich."""
