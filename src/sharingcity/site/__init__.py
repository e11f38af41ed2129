"""Puts the rooms together: settings, addresses, checks, command line, demo city."""
