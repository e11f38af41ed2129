"""Questions about bookings that other rooms ask."""
