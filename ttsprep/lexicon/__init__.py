"""Lexicons: how words are to be said, from files in any of the usual formats.

>>> from ttsprep.source import Source
>>> lexicon, found = read_lexicon(Source("重庆 chóng qìng\\n今天 = 金天", "names.txt"))
>>> [(entry.key, str(entry.kind), entry.value, entry.place) for entry in lexicon]
[('重庆', 'pronunciation', 'chong2 qing4', 'names.txt:1'), ('今天', 'replace', '金天', 'names.txt:2')]
>>> print(write_lexicon(lexicon, "csv"), end="")
text,kind,value
重庆,pronunciation,chong2 qing4
今天,replace,金天
"""

from ttsprep.lexicon.entries import Entry, Kind, Lexicon
from ttsprep.lexicon.formats import FORMATS
from ttsprep.lexicon.reading import LexiconFiles, load_lexicon, read_lexicon
from ttsprep.lexicon.writing import write_lexicon

__all__ = ["FORMATS", "Entry", "Kind", "Lexicon", "LexiconFiles", "load_lexicon", "read_lexicon", "write_lexicon"]
