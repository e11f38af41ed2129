"""A partner's news: Atom or RSS."""
