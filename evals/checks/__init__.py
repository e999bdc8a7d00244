"""The labelled articles' checks as data, how they are scored, and what happens to them when a digit changes."""
