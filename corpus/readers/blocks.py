"""A text put together block by block, with the places that the format marks.

Every block is cleaned as it comes, so that offsets hold in the text as it will be stored.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.cleaning import clean_text
from corpus.models import Comment, Furniture, Page, RawText, Spoken


@dataclass
class Blocks:
    """Blocks of a text in the order in which they are read; they are joined by line ends."""

    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    headings: list[tuple[int, int, int]] = field(default_factory=list)
    spoken: list[Spoken] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    furniture: list[Furniture] = field(default_factory=list)

    @property
    def next_start(self) -> int:
        """Where the next block will begin."""
        return self._length + 1 if self._parts else 0

    def add(
        self,
        text: str,
        *,
        level: int | None = None,
        spoken: bool = False,
        speaker: str | None = None,
        seconds: float | None = None,
    ) -> tuple[int, int] | None:
        """Add a block; its place, or None where it holds nothing but white space.

        Parameters
        ----------
        level : int, optional
            The block is a heading of that level.
        spoken : bool
            The format says that this is speech, by ``speaker`` and at ``seconds`` where it says so.
        """
        text = clean_text(text).strip("\n")
        if not text.strip():
            return None
        start = self.next_start
        end = start + len(text)
        self._parts.append(text)
        self._length = end
        if level is not None:
            self.headings.append((start, end, level))
        if spoken:
            name = " ".join(clean_text(speaker or "").split()) or None
            self.spoken.append(Spoken(start, end, name, seconds))
        return start, end

    def begin_page(self, label: str) -> None:
        """Say that the next block stands on a new page."""
        if self.pages and self.pages[-1].start_char == self.next_start:
            self.pages.pop()  # the page before holds no words
        self.pages.append(Page(self.next_start, label))

    def comment(self, place: tuple[int, int], text: str, *, author: str = "", at: str = "") -> None:
        """Add a remark on a place; one that says nothing is left out."""
        if text := clean_text(text).strip():
            self.comments.append(Comment(*place, text, clean_text(author).strip(), at))

    def set_aside(self, place: str, text: str) -> None:
        """Keep words that belong to the page and not to the text."""
        if text := clean_text(text).strip():
            self.furniture.append(Furniture(place, text))

    @property
    def text(self) -> str:
        """All blocks, one below the other."""
        return "\n".join(self._parts)

    def raw(
        self, *, name: str, raw_sha256: str, title: str | None = None, warnings: tuple[str, ...] = ()
    ) -> RawText:
        """The text with all its marks."""
        return RawText(
            text=self.text,
            name=name,
            raw_sha256=raw_sha256,
            title=title,
            headings=tuple(self.headings),
            warnings=warnings,
            spoken=tuple(self.spoken),
            pages=tuple(page for page in self.pages if page.start_char <= self._length),
            comments=tuple(self.comments),
            furniture=tuple(self.furniture),
        )
