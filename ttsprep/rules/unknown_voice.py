"""The voice is no system voice

## What
`voice` is not in the vendor's voice list; it is taken for the id of a cloned voice.

## Why
Cloned voices have ids of their own, so it is not refused. If it is a misspelt system voice, the service
answers "Engine return error code: 418".

## Bad
```toml
voice = "longanyan"
```

## Good
```toml
voice = "longanyang"
```

## Source
The vendor's voice list.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("PAR026", "unknown-voice", Severity.NOTE, api=("PAR-02",), fix="unsafe", error="voice-not-of-model")
