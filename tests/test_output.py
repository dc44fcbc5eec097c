from __future__ import annotations

import os
import sys
from io import StringIO
from types import SimpleNamespace

import pytest

from kyotei.output import STDERR, STDOUT, OutputLost, ReaderGone, encoding, is_terminal, write


def test_an_answer_is_written_to_its_stream(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    write("第7期 → 2027-03-31\n")
    write("見つかりません\n", STDERR)
    out, err = capfdbinary.readouterr()
    assert out.decode() == "第7期 → 2027-03-31\n"
    assert err.decode() == "見つかりません\n"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ascii", b"?7? > 2027-03-31 - < ?\n"),
        ("latin-1", b"?7? > 2027-03-31 - < ?\n"),
        ("cp932", b"\x91\xe67\x8a\xfa \x81\xa8 2027-03-31 \x84\x9f \x81\xa9 ?\n"),
    ],
)
def test_what_an_encoding_lacks_is_replaced_in_the_same_width(
    name: str, expected: bytes, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(encoding=name))
    assert encoding(STDOUT) == name
    write("第7期 → 2027-03-31 ─ ← \u22c9\n")
    assert capfdbinary.readouterr().out == expected


def test_json_is_always_utf8(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(encoding="ascii"))
    write('"横浜市 \udcff"', utf8=True)
    assert capfdbinary.readouterr().out == '"横浜市 ?"'.encode()


def test_a_stream_without_an_encoding_has_utf8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", StringIO())
    assert encoding(STDOUT) == encoding(STDERR) == "utf-8"


def test_what_stands_for_a_lacking_sign_never_hides_bytes_that_are_no_text() -> None:
    with pytest.raises(UnicodeDecodeError):
        b"\xff".decode(errors="kyotei.spare")


def test_a_reader_that_is_gone_is_no_failure() -> None:
    read, written = os.pipe()
    os.close(read)
    try:
        with pytest.raises(ReaderGone):
            write("text", written)
    finally:
        os.close(written)


def test_a_full_disk_is_told_with_its_reason() -> None:
    full = os.open("/dev/full", os.O_WRONLY)
    try:
        with pytest.raises(OutputLost) as raised:
            write("text", full)
    finally:
        os.close(full)
    assert raised.value.reason == str(raised.value) == "No space left on device"


def test_a_closed_stream_is_told_with_its_reason() -> None:
    closed = os.dup(STDOUT)
    os.close(closed)
    with pytest.raises(OutputLost, match="Bad file descriptor"):
        write("", closed)
    assert not is_terminal(closed)


def test_only_a_terminal_is_one() -> None:
    parent, child = os.openpty()
    read, written = os.pipe()
    try:
        assert is_terminal(child)
        assert not is_terminal(written)
    finally:
        for descriptor in (parent, child, read, written):
            os.close(descriptor)
