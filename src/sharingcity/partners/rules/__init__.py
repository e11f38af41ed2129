"""What imports decide without the database."""
