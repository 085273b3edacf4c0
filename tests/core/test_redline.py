"""What must not enter, and what looks like it and may."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meetings.core import redline

# Check digits by ISO 7064 MOD 11-2; nobody's numbers.
IDENTITY = "11010519491231002X"


@pytest.mark.parametrize(
    "text",
    [
        "秘密★1年",
        "机密★5年\n某县妇儿工委办公室",
        "绝密 ★",
        "机密☆",
        "★秘密",
        "【机密】关于某事的报告",
        "（秘密）",
        "(绝密)",
        "〔机密〕",
        "密级：秘密",
        "密级:机密",
        "密 级 绝密",
        "某县文件\n机  密\n关于某事",
        "绝　密",
        "秘密\n",
        "  秘密　",
        "秘密 10年",
        "工作秘密\n关于某事",
        "機密★",
        "机\u200b密★",
        "秘\u00ad密★1年",
    ],
)
def test_a_mark_of_secrecy_is_found(text):
    assert redline.secrecy_mark(text)
    assert redline.secrecy_mark(f"前文。\n{text}\n后文。")


@pytest.mark.parametrize(
    "text",
    [
        "要加强保密教育，严守国家秘密，不得在微信群传递机密文件。",
        "开展保守国家秘密法宣传，机密级以上文件由专人管理。",
        "保护妇女儿童隐私和商业秘密。",
        "秘密调查、机密要求、绝密任务等说法不得写入材料",
        "本材料不涉及国家秘密",
        "定密责任人和涉密人员管理",
        "评分：★★★★★",
        "重点工作（★为必报项）",
        "一、保密工作\n二、机密文件管理\n三、秘密级文件清退",
        "",
    ],
)
def test_ordinary_office_text_is_no_mark(text):
    assert redline.secrecy_mark(text) is None


@pytest.mark.parametrize(
    "text",
    [
        IDENTITY,
        f"身份证号{IDENTITY}。",
        IDENTITY.lower(),
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "110105-19491231-002X",
    ],
)
def test_an_identity_number_is_found_and_masked(text):
    (finding,) = redline.personal_data(text)
    assert (finding.kind, finding.sample.upper()) == ("identity", "110105********002X")


@pytest.mark.parametrize(
    "text",
    [
        "110105194912310021",  # wrong check digit
        "110105194913310028",  # month 13
        "10105194912310022X",
        f"9{IDENTITY}",
        f"{IDENTITY}9",
        "统一社会信用代码 11654028MB1A12345X",
        "项目编号 202607140000000001",
        "金额 100000000000000000 元",
        "电话 0999-1234567",
    ],
)
def test_a_number_that_is_no_identity_number_passes(text):
    assert redline.personal_data(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "张三 13812345678，李四 13912345678",
        "张三，电话：13812345678；李四，电话：13912345678",
        "张三（13812345678）\n李四（13912345678）",
        "张三\t13812345678\n李四\t13912345678",
        "张三：138 1234 5678、李四：139-1234-5678",
        "阿依古丽·买买提 13812345678 古丽娜 13912345678",
        "张三联系电话：13812345678 李四联系电话：13912345678",
        "张三 １３８１２３４５６７８ 李四 １３９１２３４５６７８",
        "县教育局 张三 局长 13812345678\n县卫健委 李四 主任 13912345678",
    ],
)
def test_names_with_phones_are_found(text):
    assert [finding.kind for finding in redline.personal_data(text)] == ["contacts"]


@pytest.mark.parametrize(
    "text",
    [
        "联系人张三，电话 13812345678",  # one contact is what a notice needs
        "咨询电话：13812345678，投诉电话：13912345678",
        "值班手机13812345678、联系电话13912345678",
        "张三、李四、王五参加会议",
        "办公室电话 6021，传真 6022",
        "摸排留守儿童 612 人，一致 587 人，编号 13812345678901",
    ],
)
def test_what_an_office_must_write_passes(text):
    assert redline.personal_data(text) == []


@pytest.mark.parametrize(
    "text", ["㐂龘𠮷𬱖", "𰻝面", "ئۇيغۇر تىلى", "阿依古丽·买买提", "㎡ ① ℃ 〇", "a\tb\nc", "é", "👩‍👧"]
)
def test_rare_characters_and_other_scripts_pass(text):
    assert redline.control_character(text) is None
    assert redline.without_controls(text) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\x00b", "U+0000"),
        ("\x07", "U+0007"),
        ("\x1b[31m", "U+001B"),
        ("\x7f", "U+007F"),
        ("\u0085", "U+0085"),
        ("a\u202eb", "U+202E"),
        ("\u2066", "U+2066"),
        ("\ud800", "U+D800"),
        ("\uffff", "U+FFFF"),
    ],
)
def test_controls_are_named_and_taken_out(text, code):
    assert redline.control_character(text) == code
    assert redline.control_character(redline.without_controls(text)) is None


@given(st.text(max_size=200))
def test_no_text_breaks_the_checks(text):
    redline.secrecy_mark(text)
    redline.personal_data(text)
    assert redline.control_character(redline.without_controls(text)) is None


@pytest.mark.parametrize(
    "text", ["密" * 50_000, "1" * 50_000, " " * 50_000, "秘 " * 25_000, "张三 1381234567" * 5_000, "\n" * 50_000]
)
def test_long_texts_are_checked_in_time(text):
    begun = time.perf_counter()
    redline.secrecy_mark(text)
    redline.personal_data(text)
    assert time.perf_counter() - begun < 2
