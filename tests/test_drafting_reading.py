"""Files of every kind as text: encodings, Word documents, PDF; and what is refused."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx import Document
from pypdf import PdfWriter

from kyotei.diagnostics import Fault
from kyotei.drafting import docx, pdf
from kyotei.drafting.decoding import decoded
from kyotei.drafting.draft import draft
from kyotei.drafting.names import party_names
from kyotei.drafting.reading import text_of
from kyotei.source import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

LINES = [
    "連携協定書",
    "あお市（以下「甲」という。）とあか町（以下「乙」という。）は、協定を締結する。",
    "第１条　この協定の有効期間は、締結の日から令和９年３月３",
    "１日までとする。",
    "令和８年６月１日",
]


def word(*paragraphs: str) -> bytes:
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "甲　あお市", "あお市長"
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pages(*texts: list[str]) -> bytes:
    """A PDF whose fonts say which character each code is, as those of Word do."""
    cmap = (
        b"/CIDInit /ProcSet findresource begin begincmap /CMapName /U def 1 begincodespacerange <0000> <FFFF>"
        b" endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end"
    )
    kids = " ".join(f"{5 + 2 * number} 0 R" for number in range(len(texts)))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(texts)} >>".encode(),
        (
            b"<< /Type /Font /Subtype /Type0 /BaseFont /F /Encoding /Identity-H /ToUnicode 4 0 R"
            b" /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /F"
            b" /CIDSystemInfo << /Registry (A)"
            b" /Ordering (I) /Supplement 0 >> /DW 1000 >>] >>"
        ),
        b"<< /Length %d >> stream\n%s\nendstream" % (len(cmap), cmap),
    ]
    for number, lines in enumerate(texts):
        shown = "".join(f"<{line.encode('utf-16-be').hex()}> Tj T* " for line in lines)
        body = f"BT /F1 12 Tf 14 TL 40 700 Td {shown}ET".encode()
        parts.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >>"
            f" /Contents {6 + 2 * number} 0 R >>".encode()
        )
        parts.append(b"<< /Length %d >> stream\n%s\nendstream" % (len(body), body))
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj %s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(parts) + 1, len(out))
    return out + head + table + trailer


def written(writer: PdfWriter) -> bytes:
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def scan() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    return written(writer)


def locked() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret")
    return written(writer)


def long() -> bytes:
    writer = PdfWriter()
    for _ in range(201):
        writer.add_blank_page(20, 20)
    return written(writer)


def archive(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", content)
    return stream.getvalue()


def changed() -> bytes:
    stream = io.BytesIO(word("有効期間は1年間とする。"))
    out = io.BytesIO()
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            raw = old.read(part)
            if part.filename == "word/document.xml":
                raw = raw.replace(b"<w:r>", b'<w:ins w:id="1" w:author="a"><w:r>', 1)
                raw = raw.replace(b"</w:r>", b"</w:r></w:ins>", 1)
            new.writestr(part.filename, raw)
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
def test_a_text_is_decoded(encoding: str) -> None:
    assert decoded("髙橋①協定書".encode(encoding)) == "髙橋①協定書"


@pytest.mark.parametrize(
    ("raw", "guess"),
    [("連携協定書の締結".encode("euc_jp"), "euc_jp"), (b"caf\xe9", ""), (b"\xff\xfea", "utf-16")],
)
def test_what_is_no_known_encoding_is_refused(raw: bytes, guess: str) -> None:
    with pytest.raises(Refusal) as refused:
        decoded(raw)
    assert (refused.value.code, refused.value.values["guess"]) == ("encoding-invalid", guess)


def test_a_word_document_is_read_with_its_tables() -> None:
    assert text_of(word(*LINES)).split("\n")[:7] == [*LINES, "甲　あお市", "あお市長"]


def test_a_pdf_is_read_without_its_page_numbers() -> None:
    text = text_of(pages([*LINES[:3], "- 1 -"], [*LINES[3:], "2"]))
    assert [line for line in text.split("\n") if line.strip()] == LINES
    assert draft(text).data["term"] == {"start": "signing", "end": "2027-03-31", "clause": "第1条"}


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (scan, "document-scan"),
        (locked, "document-encrypted"),
        (long, "document-long"),
        (lambda: b"%PDF-1.7 nothing", "document-broken"),
        (lambda: b"PK\x03\x04 nothing", "document-broken"),
        (lambda: archive(word__document=b"<a/>"), "document-broken"),
        (lambda: archive(xl__workbook=b"<a/>"), "document-kind"),
        (lambda: archive(word__document=b"\0" * 61 * 1024 * 1024), "document-bomb"),
        (lambda: archive(**{f"part{number}": b"" for number in range(2001)}), "document-bomb"),
        (changed, "document-changes"),
        (lambda: word("協定\u202e書"), "character-forbidden"),
    ],
)
def test_a_document_that_cannot_be_trusted_is_refused(made: Callable[[], bytes], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        text_of(made())
    assert refused.value.code == code


def test_a_document_with_too_much_text_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_SIGNS", 10)
    with pytest.raises(Refusal, match="document-long"):
        text_of(pages(LINES))


@pytest.mark.parametrize(("library", "raw"), [("docx", word("協定")), ("pypdf", scan())])
def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch, library: str, raw: bytes) -> None:
    monkeypatch.setitem(__import__("sys").modules, library, None)
    with pytest.raises(Fault) as fault:
        text_of(raw)
    assert fault.value.message == "extra-missing"


def test_furigana_and_the_second_copy_of_a_text_box_are_no_words() -> None:
    document = Document()
    paragraph = document.add_paragraph("協定")._p  # noqa: SLF001 (python-docx has no way to write furigana)
    ruby = paragraph.makeelement(f"{docx._W}ruby")  # noqa: SLF001 (as above)
    reading = ruby.makeelement(f"{docx._W}rt")  # noqa: SLF001 (as above)
    word_ = reading.makeelement(f"{docx._W}t")  # noqa: SLF001 (as above)
    word_.text = "きょうてい"
    paragraph.append(ruby)
    ruby.append(reading)
    reading.append(word_)
    document.add_paragraph("一\t二\n三")
    stream = io.BytesIO()
    document.save(stream)
    assert text_of(stream.getvalue()) == "協定\n一\t二\n三"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("○○市、△△町及び□□村", ("○○市", "△△町", "□□村")),
        ("横浜市と渋谷区", ("横浜市", "渋谷区")),
        ("甲　横浜市\n乙　渋谷区", ("横浜市", "渋谷区")),
        ("株式会社ときわ、みなと大学とあお市", ("株式会社ときわ", "みなと大学", "あお市")),
        ("あお市・あか町・きい村", ("あお市", "あか町", "きい村")),
        ("みどり株式会社とあお市", ("みどり株式会社", "あお市")),
        ("一般社団法人ひとまちと未来", ("一般社団法人ひとまちと未来",)),
        ("あお市（以下「甲」という。）、あお市", ("あお市",)),
        ("", ()),
    ],
)
def test_names_are_parted(text: str, names: tuple[str, ...]) -> None:
    assert party_names(text) == names


def test_a_document_has_no_more_text_than_a_file_of_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kyotei.drafting.reading.MOST_TEXT", 10)
    with pytest.raises(Refusal, match="file-too-large"):
        text_of(word(*LINES))


def test_the_second_copy_of_a_paragraph_is_left_out() -> None:
    document = Document()
    body = document.add_paragraph("協定")._p.getparent()  # noqa: SLF001 (python-docx writes no text boxes)
    copy = body.makeelement("{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
    body.append(copy)
    copy.append(document.add_paragraph("写し")._p)  # noqa: SLF001 (as above)
    stream = io.BytesIO()
    document.save(stream)
    assert text_of(stream.getvalue()) == "協定"
