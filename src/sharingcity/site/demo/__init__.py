"""The demo city: a small living Seoul from its own generator, with a fixed seed and no copied data."""

from sharingcity.site.demo.build import DemoReport, build_demo, has_city
from sharingcity.site.demo.sign_ins import DOMAIN, PASSWORD

__all__ = ["DOMAIN", "PASSWORD", "DemoReport", "build_demo", "has_city"]
