"""Lexicons: how words are to be said.

>>> lexicon = Lexicon.of([Entry("重庆", Kind.PRONUNCIATION, "chong2 qing4")])
>>> lexicon.lookup("重庆")[0].value
'chong2 qing4'
"""

from ttsprep.lexicon.entries import Entry, Kind, Lexicon

__all__ = ["Entry", "Kind", "Lexicon"]
