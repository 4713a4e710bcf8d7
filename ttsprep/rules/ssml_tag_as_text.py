"""Markup that would be spoken

## What
Text looks like a tag of the service but is none: it is written with full-width signs (`＜break/＞`) or with entities
(`&lt;break/&gt;`), or a Markdown code fence stands around the document.

## Why
It is legal text, so it is read aloud and billed.

## Bad
```ssml
<speak>你好＜break time="1s"/＞世界</speak>
```

```ssml
<speak>你好&lt;break/&gt;世界</speak>
```

## Good
```ssml
<speak>你好<break time="1s"/>世界，1 &lt; 2</speak>
```

## Source
Own rule: input methods and language models write so.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("SSM042", "ssml-tag-as-text", Severity.WARNING, fix="unsafe")
