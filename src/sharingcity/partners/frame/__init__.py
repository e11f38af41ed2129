"""What every connector shares: fetch, decode, read, check the header, map, stage, report. No database in here."""
