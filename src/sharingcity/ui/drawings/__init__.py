"""Drawings made by the program itself: the identity, the pictures of listings, the map of districts."""
