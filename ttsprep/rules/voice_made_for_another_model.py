"""The cloned voice seems to be made for another model

## What
`voice` is no system voice, and its id begins with the name of another model.

## Why
Ids of cloned voices begin with the model that they were made for; another model answers "Engine return error
code: 418".

## Bad
```toml
voice = "cosyvoice-v3-plus-anna-0123"
```

## Good
```toml
voice = "cosyvoice-v3-flash-anna-0123"
```

## Source
The vendor's pages on voice cloning.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule(
    "PAR050", "voice-made-for-another-model", Severity.WARNING, api=("PAR-02",), error="cloned-voice-of-another-model"
)
