"""Pure rules of looking after rooms."""
