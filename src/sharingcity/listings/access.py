"""Access needs as listings hold them: the directory's list, which services share."""

from sharingcity.directory.access import WORDS, Access, code_of, needs_in, read_access

__all__ = ["WORDS", "Access", "code_of", "needs_in", "read_access"]
