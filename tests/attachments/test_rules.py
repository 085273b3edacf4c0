"""Which files are taken."""

import zipfile
from io import BytesIO

import pytest

from meetings.attachments import rules
from meetings.core.errors import DomainError


def archive(parts: dict[str, str]) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as written:
        for name, text in parts.items():
            written.writestr(name, text)
    return buffer.getvalue()


def docx(text: str, **more: str) -> bytes:
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    return archive({"word/document.xml": f"<w:document>{paragraphs}</w:document>", **more})


GENUINE = {
    "a.pdf": b"%PDF-1.7\n",
    "a.docx": docx("会议方案"),
    "a.xlsx": archive({"xl/workbook.xml": "<workbook/>"}),
    "a.pptx": archive({"ppt/presentation.xml": "<p/>"}),
    "a.ofd": archive({"OFD.xml": "<o/>"}),
    "a.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....",
    "a.wps": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....",
    "a.et": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....",
    "A.JPG": b"\xff\xd8\xff\xe0....",
    "a.png": b"\x89PNG\r\n\x1a\n....",
    "a.txt": "㐂龘𠮷𬱖".encode(),
    "b.txt": "会议".encode("gb18030"),
    "c.csv": "\ufeff单位,人数".encode(),
}


def refusal(name: str, content: bytes, megabytes: int = 20) -> str:
    with pytest.raises(DomainError) as refused:
        rules.check(name, content, max_megabytes=megabytes)
    assert refused.value.field == "files"
    return refused.value.code


@pytest.mark.parametrize("name", GENUINE)
def test_every_type_on_the_list_is_taken_when_it_is_what_it_says(name):
    assert rules.check(name, GENUINE[name], max_megabytes=20).media_type


@pytest.mark.parametrize(
    "name", ["a.pdf", "a.docx", "a.xlsx", "a.pptx", "a.ofd", "a.doc", "a.et", "a.jpg", "a.png", "a.txt"]
)
def test_a_program_under_another_name_is_refused(name):
    assert refusal(name, b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff") == "file.disguised"


def test_other_types_empty_and_large_files_are_refused():
    assert refusal("a.exe", b"MZ") == "file.type"
    assert refusal("a", b"MZ") == "file.type"
    assert refusal("a.docm", docx("")) == "file.type"
    assert refusal("a.pdf", b"") == "file.empty"
    assert refusal("a.pdf", b"%PDF-" + b"0" * (1024 * 1024), megabytes=1) == "file.too_large"


def test_an_archive_that_unpacks_to_too_much_is_refused_unread():
    bomb = archive({"word/document.xml": "<w:t>" + "0" * 30_000_000 + "</w:t>"})
    assert len(bomb) < 100_000
    assert refusal("a.docx", bomb) == "file.disguised"


def test_a_document_with_macros_is_refused():
    assert refusal("a.docx", docx("文", **{"word/vbaProject.bin": "x"})) == "file.disguised"


def test_a_cut_archive_is_refused():
    assert refusal("a.docx", docx("会议方案" * 100)[:-40]) == "file.disguised"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\文件\\方案.docx", "方案.docx"),
        ("方\x00案\u202e.pdf", "方案.pdf"),
        ("  .pdf", "pdf"),
        ("a<b>:c.pdf", "a_b__c.pdf"),
        ("e\u0301.pdf", "é.pdf"),
        ("𠮷龘.pdf", "𠮷龘.pdf"),
        ("", "未命名"),
    ],
)
def test_names_are_tidied(given, kept):
    assert rules.tidy_name(given) == kept


def test_a_long_name_keeps_its_extension():
    name = rules.tidy_name("会" * 300 + ".docx")
    assert len(name) == 200
    assert name.endswith("会.docx")


def test_words_are_read_out_of_texts_and_office_files():
    sheet = archive(
        {
            "xl/workbook.xml": "<workbook/>",
            "xl/sharedStrings.xml": "<sst><si><t>县教育局</t><rPh><t>xian</t></rPh></si><si><t>A&amp;B</t></si></sst>",
        }
    )
    assert rules.text_of("a.docx", docx("会议\n方案")).split() == ["会议", "方案"]
    assert rules.text_of("a.xlsx", sheet).split() == ["县教育局", "A&B"]
    assert rules.text_of("a.txt", "会议".encode("gb18030")) == "会议"
    assert rules.text_of("a.pdf", b"%PDF-") == ""


def test_a_mark_of_secrecy_is_refused_and_personal_data_asks():
    with pytest.raises(DomainError) as refused:
        rules.check_text("a.docx", "机密★5年\n关于", personal_data_confirmed=True)
    assert refused.value.code == "file.secret"
    names = "张某某 13800000001\n李某某 13800000002"
    with pytest.raises(DomainError) as refused:
        rules.check_text("a.docx", names, personal_data_confirmed=False)
    assert refused.value.code == "file.personal_data"
    assert rules.check_text("a.docx", names, personal_data_confirmed=True)
    assert not rules.check_text("a.docx", "到会 56 人", personal_data_confirmed=False)


def test_words_are_read_out_of_pdf_ofd_and_older_office_files_too():
    """A mark of secrecy is most likely in the finished paper; a picture of it shows none."""
    codes = b"begincmap beginbfrange <01> <04> [<673A> <5BC6> <2605> <0035>] endbfrange"
    told = b"4 0 obj <<>>stream\n" + codes + b"\nendstream endobj\n"
    page = b"1 0 obj <</Font<</F1 3 0 R>>>> endobj 3 0 obj <</ToUnicode 4 0 R>> endobj\n"
    drawn = b"5 0 obj <<>>stream\nBT /F1 16 Tf <01020304> Tj ET\nendstream endobj\n"
    text = "<ofd:TextObject><ofd:TextCode>机密★5年</ofd:TextCode></ofd:TextObject>"
    files = {
        "a.pdf": b"%PDF-1.7\n" + page + told + drawn,
        "a.ofd": archive({"OFD.xml": "<o/>", "Doc_0/Pages/Page_0/Content.xml": text}),
        "a.doc": GENUINE["a.doc"] + b"\x01" + "机密★5年".encode("utf-16-le"),
        "a.et": GENUINE["a.et"] + "机密★5年".encode("utf-16-le"),
    }
    for name, content in files.items():
        rules.check(name, content, max_megabytes=20)
        with pytest.raises(DomainError) as refused:
            rules.check_text(name, rules.text_of(name, content), personal_data_confirmed=False)
        assert refused.value.code == "file.secret", name
    # pieces of a line that a writer places one by one make no line of their own
    apart = "".join(
        f"<ofd:TextObject><ofd:TextCode>{word}</ofd:TextCode></ofd:TextObject>" for word in ("商业", "秘密", "保护")
    )
    kept = archive({"OFD.xml": "<o/>", "Doc_0/Pages/Page_0/Content.xml": apart})
    assert not rules.check_text("a.ofd", rules.text_of("a.ofd", kept), personal_data_confirmed=False)
