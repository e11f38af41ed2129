"""Accounts, roles, consents, identity claims, restrictions, notices, API tokens."""
