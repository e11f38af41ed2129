"""Connectors that bring other systems' data in."""
