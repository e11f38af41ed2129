"""Outlines of districts from GeoJSON."""
