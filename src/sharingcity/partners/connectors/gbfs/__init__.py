"""Vehicles to share as their operators publish them: GBFS 2 and 3."""
