"""The mathematics of cost: plain Python and NumPy; money is ``int64`` minor units, never float."""
