"""Corrections: from a lexicon and a text to what makes the service say it right.

generate(text, lexicon)              the hot_fix that a text needs, and every doubt about it
correct(text, lexicon, settings)     the same in the way that the model has: hot_fix, SSML, or plain text
apply(hot_fix, text)                 what will be spoken under a hot_fix
widen(text, key, places)             keys that match some occurrences of a word only
propose(text)                        heteronyms, how each is probably read, and how sure that is
"""

from ttsprep.hot_fix.applying import Applied, Applier, Reading, apply
from ttsprep.hot_fix.correcting import Corrected, Route, correct, route
from ttsprep.hot_fix.generating import Generated, generate
from ttsprep.hot_fix.model import HotFix
from ttsprep.hot_fix.proposing import Proposal, Tier, draft, propose
from ttsprep.hot_fix.streaming import StreamCorrections
from ttsprep.hot_fix.survey import Use
from ttsprep.hot_fix.widening import widen

__all__ = [
    "Applied",
    "Applier",
    "Corrected",
    "Generated",
    "HotFix",
    "Proposal",
    "Reading",
    "Route",
    "StreamCorrections",
    "Tier",
    "Use",
    "apply",
    "correct",
    "draft",
    "generate",
    "propose",
    "route",
    "widen",
]
