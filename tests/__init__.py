"""Tests: one file per room, cases as labelled data."""
