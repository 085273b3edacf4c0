"""Faces, fall-back, the office's own fonts, and what ends up in the file."""

import hashlib
import re
import shutil
from datetime import UTC, datetime

import pikepdf
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation

from reports import fonts
from reports.document import Document
from reports.embedding import embed

RARE = "㐂龘𠮷𬱖𬭚𫖮"
NO_FACE = "\U0001f600"


def square(pen, width):
    pen.moveTo((50, 0))
    for point in ((50, 700), (width - 50, 700), (width - 50, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen


def small_font(path, *, family="Test", width=800, is_cff=False, is_variable=False):
    """A font of 甲 and 1, saved at ``path``; a variable one widens 甲 by 200 at the bold end."""
    builder = FontBuilder(1000, isTTF=not is_cff)
    names = [".notdef", "jia", "one"]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord("甲"): "jia", ord("1"): "one"})
    if is_cff:
        strings = {name: square(T2CharStringPen(width, None), width).getCharString() for name in names}
        builder.setupCFF(family.replace(" ", ""), {}, strings, {})
    else:
        builder.setupGlyf({name: square(TTGlyphPen(None), width).glyph() for name in names})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (width, 50)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": re.sub(r"\W", "", family)})
    builder.setupOS2()
    builder.setupPost()
    if is_variable:
        builder.setupFvar([("wght", 100, 100, 900, "Weight")], [])
        shift = [(0, 0), (0, 0), (200, 0), (200, 0), (0, 0), (200, 0), (0, 0), (0, 0)]
        builder.setupGvar({"jia": [TupleVariation({"wght": (0, 1, 1)}, shift)], "one": [], ".notdef": []})
    builder.save(path)


def test_the_files_are_those_of_the_table():
    table = (fonts.BUILT_IN / "README.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| `([^`]+)` \|.*\| ([0-9a-f]{64}) \|$", table, re.MULTILINE))
    assert set(listed) == set(fonts.FILES.values())
    for name, digest in listed.items():
        assert hashlib.sha256((fonts.BUILT_IN / name).read_bytes()).hexdigest() == digest
    for licence in re.findall(r"`(licences/[^`]+)`", table):
        assert (fonts.BUILT_IN / licence).is_file()


def test_fonts_are_opened_when_first_asked_for():
    faces = fonts.Faces()
    assert not faces._open
    faces.width("妇女", "song", 10)
    assert [face.name for face in faces._open.values()] == ["song"]


@pytest.mark.parametrize("name", ["title", "song", "hei", "kai", "fang"])
def test_every_face_draws_rare_names(name):
    faces = fonts.load()
    assert faces.missing(RARE) == ()
    assert all(face is not None for face, _ in faces.runs(f"张{RARE}（委员）2026", name))
    assert "".join(text for _, text in faces.runs(f"张{RARE}甲", name)) == f"张{RARE}甲"


def test_gb2312_is_whole_in_every_text_face():
    level = "".join(bytes([high, low]).decode("gb2312") for high in range(0xB0, 0xD8) for low in (0xA1, 0xD0, 0xF9))
    faces = fonts.load()
    for name in ("title", "song", "hei", "kai", "fang"):
        assert all(faces.face(name).glyph(ord(char)) for char in level)


def test_what_no_face_has_is_told():
    assert fonts.load().missing(f"甲{NO_FACE}乙{NO_FACE}") == (NO_FACE,)


def document(faces):
    doc = Document(faces, title="试", author="办", created=datetime(2026, 1, 1, tzinfo=UTC))
    doc.start_page(300, 300)
    return doc


def finished(doc, text, face):
    with doc.tagged(doc.root.add("P")):
        doc.draw(f"BT {doc.font(face, 10)} 10 100 Td {doc.show(text, face, 10)} ET")
    doc.end_page()
    return doc.save(lambda *_: ("", ""))


def test_a_missing_character_is_drawn_as_a_mark_and_keeps_its_text(read):
    doc = document(fonts.load())
    content = finished(doc, f"甲{NO_FACE}乙", "song")
    assert tuple(doc.missing) == (NO_FACE,)
    seen = read(content)
    assert seen.root.whole_text() == f"甲{NO_FACE}乙"
    assert fonts.MISSING_MARK in "".join(
        bytes.fromhex(code).decode("utf-16-be") for code in re.findall(r"> <([0-9A-F]+)>\n", unicode_maps(seen.pdf))
    )


def unicode_maps(pdf):
    return "".join(font.ToUnicode.read_bytes().decode() for font in pdf.pages[0].obj.Resources.Font.values())


@pytest.mark.parametrize("name", ["song", "fang"])
def test_glyf_and_cff_are_embedded_as_one_font(read, name):
    seen = read(finished(document(fonts.load()), "妇女儿童" * 3, name))
    (font,) = seen.pdf.pages[0].obj.Resources.Font.values()
    (descendant,) = font.DescendantFonts
    is_cff = name == "fang"
    assert font.Subtype == "/Type0" and font.Encoding == "/Identity-H"
    assert descendant.Subtype == ("/CIDFontType0" if is_cff else "/CIDFontType2")
    assert ("/FontFile3" if is_cff else "/FontFile2") in descendant.FontDescriptor
    assert re.fullmatch(r"/[A-Z]{6}\+[A-Za-z0-9-]+", str(font.BaseFont))
    assert seen.root.whole_text() == "妇女儿童" * 3


def test_text_beyond_the_first_plane_can_be_read_back(read):
    assert read(finished(document(fonts.load()), RARE, "song")).root.whole_text() == RARE


def test_the_same_characters_give_the_same_font():
    kept = ([], [])
    for found in kept:
        embed(fonts.Faces().face("song"), set("女妇"), lambda body, found=found: found.append(body) or "1 0 R")
    assert kept[0] == kept[1]


@pytest.mark.parametrize("is_cff", [False, True])
def test_an_own_font_wins_and_the_built_in_one_helps(tmp_path, read, is_cff):
    small_font(tmp_path / "方正小标宋简体.ttf", is_cff=is_cff)
    faces = fonts.Faces(tmp_path)
    assert faces.face("title").file.path.parent == tmp_path
    assert faces.width("甲", "title", 10) == 8
    assert faces.width("乙", "title", 10) == 10
    assert [face.file.path.name for face, _ in faces.runs("甲乙", "title")] == [
        "方正小标宋简体.ttf",
        "NotoSerifSC-Bold.ttf",
    ]
    assert read(finished(document(faces), "甲乙甲1", "title")).root.whole_text() == "甲乙甲1"


def test_an_own_font_lends_its_own_digits(tmp_path):
    small_font(tmp_path / "fang.ttf", width=600)
    assert fonts.Faces(tmp_path).width("1", "fang", 10) == 6


def test_a_collection_and_a_variable_font(tmp_path, read):
    one, other = tmp_path / "a.bin", tmp_path / "b.bin"
    small_font(one, family="Unknown")
    small_font(other, family="KaiTi_GB2312", width=900)
    collection = TTCollection()
    collection.fonts = [TTFont(one), TTFont(other)]
    collection.save(tmp_path / "office.ttc")
    shutil.copy(tmp_path / "office.ttc", tmp_path / "song@1.ttc")
    small_font(tmp_path / "hei@wght=900.ttf", is_variable=True)
    (tmp_path / "readme.txt").write_text("no font")
    faces = fonts.Faces(tmp_path)
    assert faces.files["kai"] == fonts.FontFile(tmp_path / "office.ttc", 1)
    assert faces.files["song"] == fonts.FontFile(tmp_path / "song@1.ttc", 1)
    assert faces.files["hei"].axes == (("wght", 900.0),)
    assert faces.width("甲", "kai", 10) == 9
    assert faces.width("甲", "hei", 10) == 10
    assert faces.width("1", "hei", 10) == 8
    for name in ("kai", "song", "hei"):
        assert read(finished(document(faces), "甲1甲", name)).root.whole_text() == "甲1甲"


def test_a_broken_font_is_named_and_the_built_in_one_used(tmp_path, read):
    (tmp_path / "title.ttf").write_bytes(b"no font at all")
    (tmp_path / "仿宋_GB2312.ttf").write_bytes(fonts.BUILT_IN.joinpath("FandolFang-Regular.otf").read_bytes()[:4000])
    (tmp_path / "song@7.ttc").write_bytes(b"")
    small_font(tmp_path / "楷体_GB2312.ttf")
    faces = fonts.Faces(tmp_path)
    assert set(faces.faults) == {"title.ttf", "仿宋_GB2312.ttf", "song@7.ttc"}
    assert [faces.face(name).file.path.parent for name in ("title", "song", "fang")] == [fonts.BUILT_IN] * 3
    assert faces.face("kai").file.path.parent == tmp_path
    assert read(finished(document(faces), "甲1", "title")).root.whole_text() == "甲1"


def test_a_missing_folder_is_named(tmp_path):
    faces = fonts.Faces(tmp_path / "none")
    assert faces.faults == ("none",)
    assert faces.face("song").file.path.parent == fonts.BUILT_IN


def test_unused_fonts_are_not_listed(read):
    seen = read(finished(document(fonts.load()), "甲", "song"))
    names = [
        str(each.BaseFont) for each in seen.pdf.objects if isinstance(each, pikepdf.Dictionary) and "/BaseFont" in each
    ]
    assert names and all("NotoSerifSC-Regular" in name for name in names)
