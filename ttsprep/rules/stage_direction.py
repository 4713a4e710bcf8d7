"""A stage direction is read aloud

## What
Brackets hold nothing but a word for whoever speaks: laughs, pause, 音乐.

## Why
The service reads what stands in brackets. Take it out; for a pause use SSML, for a mood the setting `instruction`.

## Bad
```text
(laughs softly) I knew it.
```

```text
欢迎收听。【背景音乐渐弱】今天讲三件事。
```

## Good
```text
She laughs (softly) and leaves. 他（笑声最大的那位）走了。
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT016", "stage-direction", Severity.WARNING, fix="unsafe")
