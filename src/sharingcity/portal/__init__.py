"""Pages that gather from several contexts."""
