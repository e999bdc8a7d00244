"""Fills county reports from Chinese county articles."""

__version__ = "0.1.0"
