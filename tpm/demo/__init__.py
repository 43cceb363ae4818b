"""The portfolio that a first start shows: an invented utility, its people, four programs and what became of them.

Everything is made through the services that people use, so that its history is a real one. Nothing is random between two
loads: one seed, fixed dates.
"""
