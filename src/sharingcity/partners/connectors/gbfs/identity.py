"""Which system a source is: its own identifier, its operator, its licence."""

import re

from sharingcity.partners.connectors.gbfs.documents import apart
from sharingcity.partners.connectors.gbfs.system import own_words, read_system
from sharingcity.partners.frame.setting import Identity, Setting
from sharingcity.partners.frame.source import Source


def identify(source: Source, setting: Setting) -> Identity:
    """A system that does not say which one it is goes by the name of its file or address."""
    system = read_system(apart(source), setting.language)
    name = re.sub(r"[^\w.-]+", "-", system.id or source.name, flags=re.ASCII).strip("-").lower()
    return Identity(
        scope=f"gbfs:{name}"[:40],
        attribution=own_words(system.operators) or own_words(system.names) or source.name,
        licence=system.licence,
    )
