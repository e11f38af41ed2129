"""Pages of the directory: who shares, and which services they run."""
