"""Why a date is that date: every step from clause to day, as message names and values. No prose, no disk.

A period's end is explained by trying the ways in which it can have come about and naming the one that yields
that very day, and an event by the chain before and after it: so no sentence can contradict the engine.
"""
