"""What each command does: load, ask, draw, and the exit status. Arguments are plain values.

A module per command, so that a run imports only what it needs.
"""
