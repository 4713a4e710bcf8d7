"""Something embedded is not heard

## What
Audio, video, a frame, a drawing or a form is embedded as HTML.

## Why
Nothing is heard of it; say in the text what it shows.

## Bad
```markdown
<video src="a.mp4"></video>

Hello.
```

## Good
```markdown
The video shows a cat. <b>Hello</b>.
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MDN016", "embedded-not-heard", Severity.NOTE)
