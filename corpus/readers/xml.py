"""XML that came from elsewhere: no entities, no document types, nothing fetched."""

from __future__ import annotations

from typing import Any

from corpus.errors import UnreadableFile


def parse_xml(data: bytes, damaged: str) -> Any:
    """The root element; bytes that are no XML, or bear a document type, are refused in the words given."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if any(words in str(error).lower() for words in ("memory", "unknown error")):  # so the parser says it
            raise MemoryError from error
        raise UnreadableFile(damaged) from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableFile("holds a document type declaration. Open it in its program and save it again.")
    return root
