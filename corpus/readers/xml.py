"""XML that came from elsewhere: no entities, no document types, nothing fetched."""

from __future__ import annotations

from typing import Any

from corpus.errors import UnreadableFile

_TOO_LONG = "has more than 10 million characters in one piece. Split it."

#: What the parser says of XML that is whole, as its releases put it, and what that means.
_CAUSES = {
    "excessive depth": "is nested too deep, such as tables in tables. Save its text as .txt and import that.",
    "text node too long": _TOO_LONG,
    "huge text node": _TOO_LONG,
    "buffer size limit": _TOO_LONG,
    "huge input lookup": _TOO_LONG,
}


def parse_xml(data: bytes, damaged: str) -> Any:
    """The root element; bytes that are no XML, or bear a document type, are refused in the words given."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if any(words in str(error).lower() for words in ("memory", "unknown error")):  # so the parser says it
            raise MemoryError from error
        for words, refusal in _CAUSES.items():
            if words in str(error).lower():
                raise UnreadableFile(refusal) from error
        raise UnreadableFile(damaged) from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableFile("holds a document type declaration. Open it in its program and save it again.")
    return root
