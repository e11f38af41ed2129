"""Pages on which whoever runs a listing changes it: what it is, its hours, fee and rules."""
