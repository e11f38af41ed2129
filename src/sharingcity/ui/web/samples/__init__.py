"""Sample values for the gallery: invented, in the language of each frame."""
