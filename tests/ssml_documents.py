"""Documents for properties: legal ones, and legal ones that were broken, by hypothesis and by a seed;
and hostile ones."""

from __future__ import annotations

import random
from collections.abc import Callable

from hypothesis import strategies as st

__all__ = ["HOSTILE", "SEEDS", "broken", "documents", "hostile", "mutated"]

PARTS = (
    *("你好", "世界，", "今天天气。", "Hello", "world.", "3.14", "。", "！", "……", "?", "a", "他说：“好。”"),
    *("&amp;", "&lt;b", "&#x4F60;", "&#32;", "e\u0301", "\N{MAN}\u200d\N{WOMAN}", " ", "\n  "),
    *("<!-- 注释。 -->", "<![CDATA[a<b。 你好]]>", '<soundEvent src="http://x/y"/>'),
    *("<break/>", "<break></break>", '<break time="2s"/>', '<break time="500ms"/>', '<break time="10s"/>'),
    *('<sub alias="World Wide Web">W3C</sub>', '<sub alias="x">很长的文字啊</sub>', '<sub alias=" &amp; y">z</sub>'),
    *('<phoneme alphabet="py" ph="dian3 dang4">典当</phoneme>', '<phoneme alphabet="cmu" ph="S AY1 N">sin</phoneme>'),
    *('<say-as interpret-as="date">2026-11-22</say-as>', "<say-as interpret-as='digits'> 12 </say-as>"),
)
TAGS = (
    "<speak>",
    '<speak rate="1.2">',
    "<speak bgm='http://x/y?a&amp;b' volume='3'\n>",
    '<speak effect="lpfilter" effectValue="1200" pitch=" 0.8">',
)
BITS = (
    *("<", ">", '"', "'", "/", "=", "&", "&nbsp;", "&#0;", "&#x4F60;", " ", "\n", "\x01", "\u3000", "\ufeff", "\ud800"),
    *("<speak>", "</speak>", '<speak rate="200">', "<break/>", "<Break>", "<break time=1s/>", "<sub>", "</sub>"),
    *("<s>", "</s>", "<p>", "<prosody>", '<voice name="x">', "<!--", "-->", "<![CDATA[", "]]>", "<?p?>"),
    *("<!DOCTYPE a>", "<#0.5#>", " rate='1'", " time='0.5s'", "1s", "500", "py", "１", "“", "”"),
)


@st.composite
def documents(draw: st.DrawFn, most: int = 30) -> str:
    """A document without a fault of grammar."""
    speaks = draw(
        st.lists(
            st.tuples(st.sampled_from(TAGS), st.lists(st.sampled_from(PARTS), max_size=most)), min_size=1, max_size=3
        )
    )
    between = draw(st.sampled_from(["", " ", "\n<!-- c -->"]))
    return between.join(f"{tag}{''.join(parts)}</speak>" for tag, parts in speaks)


@st.composite
def broken(draw: st.DrawFn) -> str:
    """A document into which a few strokes were made."""
    text = draw(documents(most=6))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        gone = draw(st.sampled_from([0, 0, 1, 1, 2, 8]))
        text = text[:at] + draw(st.sampled_from(["", *BITS])) + text[at + gone :]
    return text.lstrip("\ufeff")  # it belongs to the file, not to the text


SEEDS = [
    '<speak>你好<break time="1s"/>世界</speak>',
    '<speak rate="1.2" pitch="0.8" volume="50" voice="longanyang">a</speak><speak/>',
    '<speak effect="eq" effectValue="1 2 3 4 5 -6 7 8" bgm="http://a/b?c=1&amp;d=2" backgroundMusicVolume="30">'
    "a &lt; b</speak>",
    '<speak effect="lpfilter" effectValue="1200">x<sub alias="y &quot;z&quot;">W3C</sub></speak>',
    '<speak><phoneme alphabet="py" ph="dian3 dang4 hang2">典当行</phoneme>'
    '<phoneme alphabet="cmu" ph="S AY1 N">sin</phoneme></speak>',
    '<speak><say-as interpret-as="date">2026-11-22</say-as><soundEvent src="https://x/y.wav"/><!-- c --></speak>',
    "<speak\n rate='1'\t>a<![CDATA[<b>]]></speak >\n<speak> <break/></speak>",
    '<speak><break time="500ms"></break></speak>',
]
"""Legal documents that between them have everything."""

SLIPS = [
    *"<>\"'/=& \n\t\r:.+-x你10esü１",
    *("&amp;", "&#32;", "&#x4F60;", "&#0;", "&nbsp;", "&#9;", "&#10;", "&#13;", "&#xD800;", "&#x110000;", "&lt"),
    *("<speak>", "</speak>", "<break/>", '<break time="10s"/>', '<sub alias="x">', "</sub>", "<s>", "</s>"),
    *("<!--", "-->", "--", "<![CDATA[", "]]>", '<?xml version="1.0"?>', "<?p?>", "<!DOCTYPE a>", "<#0.5#>"),
    *('rate="1"', ' rate="1"', 'time="1s"', ' xml:lang="zh"', "ms", "500", "AA", "py", "cmu", "dates", "u\u0308"),
    *("\x01", "\u3000", "\xa0", "\ufeff", "\ufffe", "\x85"),
]
"""What slips into documents, and what the specification is particular about."""


def mutated(rng: random.Random) -> str:
    """A legal document with one to five slips."""
    text = rng.choice(SEEDS)
    for _ in range(rng.choice([1, 1, 1, 2, 3, 5])):
        start = rng.randrange(len(text) + 1)
        end = min(len(text), start + rng.choice([1, 1, 1, 2, 3, 8]))
        text = rng.choice(_STROKES)(text, start, end, rng)
    return text


def _graft(text: str, start: int, _end: int, rng: random.Random) -> str:
    other = rng.choice(SEEDS)
    begin = rng.randrange(len(other))
    return text[:start] + other[begin : begin + rng.randrange(1, 20)] + text[start:]


_STROKES = [
    lambda t, a, b, r: t[:a] + r.choice(SLIPS) + t[a:],
    lambda t, a, b, r: t[:a] + r.choice(SLIPS) + t[a:],
    lambda t, a, b, r: t[:a] + t[b:],
    lambda t, a, b, r: t[:a] + r.choice(SLIPS) + t[b:],
    lambda t, a, b, r: t[:a] + t[a:b] + t[a:],
    _graft,
]


_REPEATED = [
    *("<", "&", '"', "'", "> ", "<a", '<a "', "<!--", "<![CDATA[", "<?", "<!DOCTYPE [", "</speak>", "<speak>"),
    *("<speak ", '<sub alias="', "&#", "&a", "&a;", "]]>", "<break/>", "<#1", "</", "<//", '="', "<break/ ", "\x01"),
    *('<sub alias="a">', "</sub>", '<sub alias="">a</sub>', "<![CDATA[ ]]>", "&#32;", " \n", "<speak/>", "。", "，a"),
    *("(", ")[", "(a)[", "[", "![", "#[", "++", "{", "|", "`"),
]
"""What a hostile document is full of."""
_BUILT: dict[str, Callable[[int], str]] = {
    "nested": lambda size: "<speak>" * (size // 7),
    "nested unknown": lambda size: "<z>" * (size // 7) + "</z>" * (size // 7),
    "nested, closed in disorder": lambda size: "".join(f"<a{i}>" for i in range(size // 12)) + "</a1></a0>" * 9,
    "attributes": lambda size: "<speak " + " ".join(f'a{i}="1"' for i in range(size // 10)) + ">x</speak>",
    "the same attribute": lambda size: "<speak " + 'rate="1" ' * (size // 9) + ">x</speak>",
    "all tags different": lambda size: "".join(f"<speak rate='{i}'>x</speak>" for i in range(size // 22)),
    "billion laughs": lambda _size: (
        '<!DOCTYPE l [<!ENTITY a "lol">'
        + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
        + "]><speak>&j;</speak>"
    ),
    "external entity": lambda _size: '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><speak>&a;</speak>',
    "long value": lambda size: f'<speak rate="{"9" * size}">x</speak>',
    "long number": lambda size: f'<speak><break time="{"1" * size}ms"/>x</speak>',
    "long pause": lambda size: f"<speak><#{'1' * size}.5#>x</speak>",
    "long name": lambda size: f"<speak><{'z' * size}/></speak>",
    "long attribute": lambda size: f"<speak {'z' * size}='1'/>",
    "long bare value": lambda size: f"<speak rate={'z' * size}/>",
    "long end tag": lambda size: f"<speak></{'z' * size}></speak>",
    "long reference": lambda size: f"<speak>&{'z' * size};</speak>",
    "long alias": lambda size: f'<speak><sub alias="{"字 " * (size // 2)}">x</sub></speak>',
    "long reading": lambda size: f'<speak><phoneme alphabet="py" ph="{"a1 " * (size // 3)}">x</phoneme></speak>',
    "long content": lambda size: f'<speak><say-as interpret-as="date">{"1-" * (size // 2)}</say-as></speak>',
}
HOSTILE = [*_REPEATED, *_BUILT]
"""The names of the hostile documents."""


def hostile(name: str, size: int) -> str:
    """A document of about that many characters that no author would write."""
    return _BUILT[name](size) if name in _BUILT else f"<speak>{name * (size // len(name))}</speak>"
