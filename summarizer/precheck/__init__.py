"""Finds what needs no model: numbers, times, places, sections, and whether an article is worth reading."""
