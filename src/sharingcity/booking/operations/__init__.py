"""What changes bookings. Each operation: transaction → lock → check → write → journal → effects."""
