"""One spelling of a whole name: width, case, accents and spaces do not tell names apart."""

from sharingcity.kernel.text.words import normalise


def spelt(name: str) -> str:
    return "".join(normalise(name).split())
