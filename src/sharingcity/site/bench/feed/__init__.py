"""`bench import`: a feed of a stated size through the whole way from bytes to the search index."""
