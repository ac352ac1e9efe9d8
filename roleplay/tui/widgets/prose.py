"""Running text that breaks its lines where Chinese and English may break.

Owns the wrapping of styled text to a widget's width. Takes `Content` only: nothing here is ever read as markup.
"""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from roleplay.scenarios.model import Language
from roleplay.tui.widgets.wrapping import lines, natural_width
from roleplay.words.safe import one_line, visible

EMPTY = Content("")


def plain(text: str, style: str = "") -> Content:
    """Text from outside as content: made safe, never markup. A tab is four blanks: how wide it is would depend on where it stands."""
    safe = visible(text).replace("\t", "    ")
    return Content.styled(safe, style) if style else Content(safe)


def line(text: str, style: str = "") -> Content:
    """`plain` on a single line."""
    return plain(one_line(text), style)


def block(*parts: Content, between: str = "\n") -> Content:
    """Parts one below the other; empty ones are left out."""
    return Content(between).join([part for part in parts if part.plain])


def quoted(text: str, language: Language) -> str:
    """Somebody's words in the quotation marks of the language around them."""
    return f"「{text.strip()}」" if language == "zh" else f"“{text.strip()}”"


def fold(content: Content, width: int) -> list[Content]:
    """`content` as lines of at most `width` cells, styles kept."""
    return [content[start:end] if end > start else EMPTY for start, end in lines(content.plain, width)]


class Prose(Widget):
    """A text that fills its width and grows downwards."""

    DEFAULT_CSS = """
    Prose { width: 1fr; height: auto; text-wrap: nowrap; }
    """

    def __init__(self, content: Content = EMPTY, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, markup=False)
        self._content = content
        self._folded: tuple[int, Content] | None = None

    @property
    def content(self) -> Content:
        return self._content

    def update(self, content: Content) -> None:
        """Show `content` instead."""
        if content.is_same(self._content):
            return
        self._content = content
        self._folded = None
        self.refresh(layout=True)

    def render(self) -> Content:
        return self._fold(self.content_size.width)

    def get_content_width(self, container: Size, viewport: Size) -> int:
        return min(natural_width(self._content.plain), container.width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return self._fold(width).plain.count("\n") + 1

    def _fold(self, width: int) -> Content:
        if self._folded is None or self._folded[0] != width:
            self._folded = (width, Content("\n").join(fold(self._content, width)))
        return self._folded[1]
