"""What is shared: listings, their units, places, hours and provenance."""
