"""One question, always true: text, place, time and needs."""
