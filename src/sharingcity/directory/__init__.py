"""Organisations and their members, districts, categories."""
