"""Pure decisions: when one may book, what it costs, what comes back, which units fit. No database, no clock."""
