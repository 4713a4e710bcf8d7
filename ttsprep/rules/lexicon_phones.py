"""Phones are not ARPAbet

## What
A reading in phones has a word that is no phone of the CMU dictionary, or IPA that cannot be written in pinyin or
ARPAbet without loss.

## Why
The service knows these phones only.

## Bad
```lexicon
Nginx /EH1 N JH IX N EH2 K S/
```

```json
{"phones": {"tea": "tiː"}}
```

## Good
```lexicon
Nginx /EH1 N JH IH0 N EH2 K S/
```

## Source
The vendor's SSML page, alphabet cmu; the CMU Pronouncing Dictionary.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT017", "lexicon-phones", Severity.ERROR, api=(), fix="unsafe")
