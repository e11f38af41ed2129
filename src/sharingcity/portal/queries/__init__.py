"""What pages gather from several rooms, each page in one call."""
