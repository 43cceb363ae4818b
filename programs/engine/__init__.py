"""Rules and calendars of the program level: plain Python and NumPy."""
