"""Seoul's car-sharing stations."""
