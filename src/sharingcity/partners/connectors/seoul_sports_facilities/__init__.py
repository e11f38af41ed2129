"""Seoul's public sports facilities."""
