"""The ui room as a Django app."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Templates, styles and drawings that every other room uses."""

    name = "sharingcity.ui"
    label = "ui"
