"""Seoul's public bike stations."""
