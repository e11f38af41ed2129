"""The same product with its locks taken away: what proves that the race tests can fail."""
