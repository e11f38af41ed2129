"""`bench hub`: a metropolis of a stated size, and what finding costs in it."""
