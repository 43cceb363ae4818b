"""Readers of foreign plans: bytes in, neutral dataclasses and a loss report out. No Django, no clock, no network."""
