"""Seoul's public car parks."""
