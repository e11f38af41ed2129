"""The directory in the Human Services Data Specification 3.1 (Open Referral), read only."""
