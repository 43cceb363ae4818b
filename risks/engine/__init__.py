"""The mathematics of uncertainty: plain Python and NumPy; probabilities in [0, 1]."""
