"""Files of agreements as text, small enough to be read in a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyotei.entry import Entry, read_entry

if TYPE_CHECKING:
    from pathlib import Path

FISCAL_YEAR = "term: {start: 2026-04-01, end: 2027-03-31}\n"
YEARLY = "renewal: {mode: automatic, length: 1 year}\nnotice: {before_end: 3 months}\n"


def text(
    identifier: str = "a", clauses: str = YEARLY, *, term: str = FISCAL_YEAR, title: str = "連携協定"
) -> str:
    """A file: 甲 and 乙 in the fiscal year 2026, then year by year; notice three months before the end."""
    parties = "parties: [{role: 甲, name: 横浜市}, {role: 乙, name: 渋谷区}]\n"
    return f"id: {identifier}\ntitle: {title}\nsigned: 2026-03-20\n{parties}{term}{clauses}"


def entry(written: str = "", file: str = "") -> Entry:
    """The file, read: `a.yaml` under its id."""
    written = written or text()
    identifier = written.partition("\n")[0].removeprefix("id: ")
    found, findings = read_entry(written.encode(), file or f"{identifier}.yaml")
    assert found is not None, findings
    return found


def put(folder: Path, written: str, name: str = "") -> Path:
    """Write a file under its id (or another name) into a register."""
    folder.mkdir(exist_ok=True)
    file = folder / (name or f"{written.partition(chr(10))[0].removeprefix('id: ')}.yaml")
    file.write_text(written, encoding="utf-8")
    return file
