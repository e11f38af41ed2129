"""Speed, measured in a throw-away city of a stated size on the chosen engine. Never in the data folder."""
