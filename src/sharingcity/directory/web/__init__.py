"""Pages of the directory: claiming, keeping, confirming, reporting, deciding."""
