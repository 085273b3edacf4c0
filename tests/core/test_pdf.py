"""The words of a PDF: of writers of several manners, and of whoever means harm."""

import time
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from meetings.core import pdf

FONT = Path("reports/fonts/LXGWWenKai-Regular.ttf")


def written(*lines: str, compressed: bool = True) -> bytes:
    """A page by ReportLab: fonts cut down, codes of one byte with a map."""
    pdfmetrics.registerFont(TTFont("song", str(FONT)))
    target = BytesIO()
    canvas = Canvas(target, pageCompression=int(compressed))
    for number, line in enumerate(lines):
        canvas.setFont("song", 16)
        canvas.drawString(72, 700 - 24 * number, line)
    canvas.save()
    return target.getvalue()


def made(stream: bytes, cmap: bytes, *, packed: bool = False) -> bytes:
    """A page as others write it: codes of two bytes, fonts named apart or in an object stream."""
    page = b"1 0 obj <</Type/Page/Resources<</Font 2 0 R>>/Contents 5 0 R>> endobj\n"
    fonts, font = b"<</F1 3 0 R>>", b"<</Type/Font/Encoding/Identity-H/ToUnicode 4 0 R>>"
    if packed:
        inner = b"2 0 3 %d " % len(fonts) + fonts + font
        both = (
            b"9 0 obj <</Type/ObjStm/N 2/Filter/FlateDecode>>stream\n" + zlib.compress(inner) + b"\nendstream endobj\n"
        )
    else:
        both = b"2 0 obj " + fonts + b" endobj\n3 0 obj " + font + b" endobj\n"
    told = b"4 0 obj <<>>stream\n/CIDInit begincmap " + cmap + b" endcmap\nendstream endobj\n"
    drawn = b"5 0 obj <</Filter/FlateDecode>>stream\r\n" + zlib.compress(stream) + b"\nendstream endobj\n"
    return b"%PDF-1.7\n" + page + both + told + drawn


@pytest.mark.parametrize("compressed", [True, False])
def test_lines_are_read(compressed):
    assert "秘密★1年 关于专项工作的通知" in pdf.words_of(
        written("秘密★1年", "关于专项工作的通知", compressed=compressed)
    )


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize(
    "cmap",
    [
        b"2 beginbfchar <0001> <79D8> <0002> <5BC6> endbfchar 1 beginbfrange <0003> <0004> <2605> endbfrange",
        b"1 beginbfrange <0001> <0003> [<79D8> <5BC6> <2605>] endbfrange",
    ],
)
def test_other_writers_are_read_too(cmap, packed):
    for stream in (
        b"BT /F1 12 Tf <000100020003> Tj ET",
        b"BT /F1 12 Tf [<0001> -20 <00020003>] TJ ET",
        b"BT /F1 12 Tf <0001> Tj 12 0 Td <0002> Tj 12 0 Td <0003> Tj ET",
        b"BT /F1 12 Tf (\\000\\001\\000\\002\\000\\003) Tj ET",
    ):
        assert pdf.words_of(made(stream, cmap, packed=packed)) == "秘密★", stream


def test_plain_letters_need_no_map_and_what_cannot_be_read_is_empty():
    assert pdf.words_of(b"1 0 obj <<>>stream\nBT (11010519491231002X) Tj ET\nendstream endobj") == "11010519491231002X"
    for content in (b"", b"%PDF-1.7", b"no", written("秘密★") + b"/Encrypt 7 0 R", bytes(range(256)) * 50):
        assert pdf.words_of(content) == ""


@pytest.mark.parametrize(
    "piece",
    [
        b"1 0 obj ",
        b"1 0 obj stream ",
        b"1 0 obj <<>>stream\nBT (((((\nendstream endobj ",
        b"1 0 obj <</Font<</Font<<endobj ",
        b"1 0 obj <<>>stream\nbegincmap beginbfrange <00><00>[ endbfrange endstream endobj ",
        b"1 0 obj <<>>stream\nbegincmap beginbfrange <0000> <FFFF> <0000> endbfrange endstream endobj ",
        b"1 0 obj <<>>stream\nBT (" + b"a" * 3000 + b"\nendstream endobj ",
        b"<" * 9,
        b"beginbfchar",
    ],
)
def test_a_file_that_means_harm_costs_little(piece):
    content = b"%PDF-1.7 " + piece * (4_000_000 // len(piece))
    began = time.process_time()
    pdf.words_of(content)
    assert time.process_time() - began < 4


def test_a_stream_that_grows_without_end_is_cut():
    bomb = zlib.compress(b"BT (x) Tj ET " * 10_000_000, 9)
    content = b"1 0 obj <</Filter/FlateDecode>>stream\n" + bomb + b"\nendstream endobj "
    assert len(pdf.words_of(content * 3)) <= pdf.MOST_UNPACKED
