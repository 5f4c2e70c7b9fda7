"""Text of a docstring, made safe to stand inside Markdown, with its code and its stress kept."""

import re
from textwrap import dedent

from dashboard.components.words import plain, said

MARKED = re.compile(r"``([^`\n]+)``|`([^`\n]+)`|(?<![\w*])\*(\w(?:[^*\n]*\w)?)\*(?![\w*])")


def prose(text: str) -> str:
    r"""Return a paragraph as Markdown: names in backticks as code, a starred word in italics, all else as typed.

    >>> prose("`limit` is *verified*, m * f [x]")
    '`limit` is *verified*, m \\* f \\[x\\]'
    """
    text, written, at = " ".join(text.split()), [], 0
    for mark in MARKED.finditer(text):
        code = mark[1] or mark[2]
        written += [_kept(text[at : mark.start()]), f"`{code}`" if code else f"*{plain(mark[3])}*"]
        at = mark.end()
    return "".join([*written, _kept(text[at:])])


def _kept(text: str) -> str:
    """Make a stretch of text safe and keep the spaces at its ends."""
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :] if text.strip() else ""
    return f"{before}{said(plain(text))}{after}"


def blocks(paragraphs: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return each paragraph with its kind: "formula" where every line is indented, "list", or "prose".

    >>> blocks(("Height after each case:", "    S = max(0, S + x)", "- one\\n- two"))
    [('prose', 'Height after each case\\\\:'), ('formula', 'S = max(0, S + x)'), ('list', '- one\\n- two')]
    """
    return [_block(paragraph) for paragraph in paragraphs]


def _block(paragraph: str) -> tuple[str, str]:
    lines = paragraph.splitlines()
    if lines and all(line.startswith("    ") for line in lines):
        return "formula", dedent(paragraph).rstrip()
    if lines and lines[0].startswith("- "):
        items = re.split(r"^- ", paragraph, flags=re.MULTILINE)[1:]
        return "list", "\n".join(f"- {prose(item)}" for item in items)
    return "prose", prose(paragraph)
