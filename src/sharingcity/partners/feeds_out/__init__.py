"""What the hub gives back to everybody: open data as files and feeds, standard interfaces, words for search engines."""
