"""Readers give numbered candidates their meaning: one protocol, by rules or by a model."""
