"""Seoul's public service reservations."""
