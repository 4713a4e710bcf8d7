r"""A formula stands in a fence

## What
A formula is written as a Markdown code block of the language math.

## Why
The service knows the delimiters ``$…$``, ``$$…$$``, ``\(…\)`` and ``\[…\]`` only.

## Bad
```python
latex.check("```math\nx^2\n```")
```

## Good
```python
latex.check("$$x^2$$")
```

## Source
The vendor's user guide on LaTeX formulas; API page, "Math expression support".
"""

from ttsprep.diagnostics import Rule, Severity

RULE = Rule("MTH008", "formula-in-fence", Severity.WARNING, api=("TXT-07",), fix="unsafe")
