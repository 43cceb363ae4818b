"""Calendars that other programs subscribe to: milestones, gates and one's actions, by an address that holds a secret."""
