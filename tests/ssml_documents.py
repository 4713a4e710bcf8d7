"""Documents for properties: legal ones, and legal ones that were broken."""

from __future__ import annotations

from hypothesis import strategies as st

__all__ = ["broken", "documents"]

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
    return text.removeprefix("\ufeff")  # it belongs to the file, not to the text
