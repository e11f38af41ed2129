"""Sharing City: the software with which a city runs its sharing programme."""
