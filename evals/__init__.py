"""Labelled samples, scorers and the runs that measure readers against them."""
