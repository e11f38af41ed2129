"""Busy times of a room that is booked elsewhere, as that calendar publishes them."""
