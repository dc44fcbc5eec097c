"""Bytes of a text that came from somewhere, decoded: UTF-8, UTF-16 with its mark, or cp932."""

from __future__ import annotations

import re

from kyotei.source import Refusal
from kyotei.text import Spot, spot_of

_MARKS = (b"\xff\xfe", b"\xfe\xff")
_JAPANESE = re.compile("[ぁ-ヶー一-龠]{2}")
"""Two Japanese letters in a row: one alone may be an accented letter of Latin-1."""


def decoded(raw: bytes) -> str:
    """Return the text in `raw`. Raises Refusal, at the first byte that is no UTF-8, where none fits.

    Never `shift_jis`: offices write cp932, with ① and 髙. Bytes that are Japanese in EUC-JP as well are not
    taken for cp932: half of such a text would be other words.
    """
    if raw[:2] in _MARKS:
        return _tried(raw, "utf-16")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode()
    if _is_japanese(raw, "euc_jp") or not _is_japanese(raw, "cp932"):
        guess = "euc_jp" if _is_japanese(raw, "euc_jp") else ""
        raise Refusal("encoding-invalid", spot_of(before, len(before)), guess=guess)
    return raw.decode("cp932")


def _tried(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise Refusal("encoding-invalid", Spot(), guess=encoding) from None


def _is_japanese(raw: bytes, encoding: str) -> bool:
    try:
        return bool(_JAPANESE.search(raw.decode(encoding)))
    except UnicodeDecodeError:
        return False
