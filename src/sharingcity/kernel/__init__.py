"""What every room stands on: time, money, text, places, errors, states, journal, tasks. Knows nobody."""
