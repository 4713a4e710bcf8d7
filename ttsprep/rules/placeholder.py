"""A placeholder is not filled in

## What
A variable of a template, or words in brackets that ask to be replaced, stand in the text.

## Why
They are read aloud as they stand: the template was not filled in.

## Bad
```text
Dear {{customer_name}},
```

```text
您好，【姓名】先生。
```

## Good
```markdown
Write `{{name}}` where the name belongs.
```

## Source
Own rule: no word of a script is lost in silence, and nothing is read that was not meant.
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("TXT018", "placeholder", Severity.WARNING)
