"""An entry cannot be said in this way

## What
An entry of the lexicon occurs in the text, and what is sent cannot hold it: phones in hot_fix, which knows pinyin only;
a pronunciation where neither hot_fix nor SSML can be used; a reading that the service's SSML does not take.

## Why
The text is spoken there as if the entry were not in the lexicon.

## Bad
```python
hot_fix.generate("see Nguyen", lexicon("Nguyen /W IH1 N/")).diagnostics
```

## Good
```python
hot_fix.generate("see Nguyen", lexicon("Nguyen = Win")).diagnostics
```

## Source
API page, hot_fix example; the vendor's SSML page for phoneme.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("HOT037", "correction-not-possible", Severity.WARNING, api=("PAR-17",))
