"""Culture events in Seoul."""
