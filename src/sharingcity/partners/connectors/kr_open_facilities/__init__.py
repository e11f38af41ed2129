"""Korea's national standard table of public facilities opened to citizens."""
