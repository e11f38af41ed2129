"""Rooms in buildings: key-holders, door codes, check-lists, incidents."""
