"""E-mail newsletters (RFC 5322 and MIME), as mail programs save them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr

from mediabias.article import Article
from mediabias.dates import utc
from mediabias.errors import ReadError
from mediabias.readers.base import Document
from mediabias.readers.encoding import declared_charset, decode, legible
from mediabias.readers.html import read_html
from mediabias.readers.text import read_text

_HEADER = re.compile(
    rb"^(?:From|To|Subject|Date|Received|Return-Path|MIME-Version|Message-ID|Delivered-To):[ \t]", re.M | re.I
)


class Eml:
    """Reads a newsletter: the HTML part as a page, else the text part as a text."""

    name = "eml"
    single = True

    def looks(self, head: bytes, suffix: str) -> float:
        """Go by the header's lines before the first empty one."""
        header = re.split(rb"\r?\n\r?\n", head, maxsplit=1)[0]
        lines = {m[0].split(b":")[0].lower() for m in _HEADER.finditer(header)}
        sure = len(lines) >= 3 and {b"from", b"subject"} <= lines and _HEADER.match(head) is not None
        return 0.95 if sure else 0.5 if suffix == ".eml" and lines else 0.0

    def read(self, document: Document) -> Iterator[Article]:
        """Yield the one article; its outlet is the sender where that is a known one, else whom the letter's boxes name, else the sender."""
        try:
            message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(document.raw)
            part = message.get_body(("html", "plain"))
            raw = part.get_payload(decode=True) if part is not None else b""
        except (LookupError, ValueError, KeyError, AttributeError) as error:
            raise ReadError(f"damaged e-mail ({error}); save it again", path=str(document.path)) from None
        if part is None or not isinstance(raw, bytes) or not raw.strip():
            raise ReadError("an e-mail without text or HTML; save it with its content", path=str(document.path))
        is_page = part.get_content_type() == "text/html"
        declared = part.get_content_charset("") or (declared_charset(raw) if is_page else "")
        content = decode(raw, str(document.path), declared)
        read = read_html if is_page else read_text
        article = read(content, document.name, outlets=document.outlets)
        sender = parseaddr(_header(message, "From"))
        known = document.outlets.find(sender[0]) or document.outlets.find(sender[1].partition("@")[2])
        yield article.replace(
            title=article.title or " ".join(_header(message, "Subject").split()),
            outlet=known.name if known else article.outlet or sender[0] or sender[1],
            published=utc(_header(message, "Date"), fuzzy=True) or article.published,
            reader=self.name,
        )


def _header(message: EmailMessage, name: str) -> str:
    """Return a header, or nothing where it is damaged: a letter whose date can't be read is a letter still."""
    try:
        return legible(str(message[name] or ""))
    except (ValueError, LookupError, ArithmeticError, AttributeError, TypeError):
        return ""
