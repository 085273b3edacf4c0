"""Every kind of field, with what people type and with what nobody should."""

import io
from datetime import date, time
from decimal import Decimal
from enum import StrEnum

import pytest
from flask import g
from werkzeug.datastructures import FileStorage, MultiDict

from meetings.core import forms
from meetings.core.errors import DomainError
from meetings.core.web import shown


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class Sample(forms.Form):
    title = forms.TextField("标题", max_length=10)
    text = forms.LongTextField("正文", required=False, max_length=100)
    day = forms.DayField("日期", required=False)
    moment = forms.MomentField("时间", required=False)
    whole = forms.WholeNumberField("人数", required=False, least=0, most=1000)
    number = forms.NumberField("数值", required=False)
    colour = forms.ChoiceField("颜色", required=False, choices=[("red", "红"), ("blue", "蓝")], coerce=Colour)
    unit_id = forms.ChoiceField("单位", required=False, choices=[(1, "甲局"), (2, "乙局")], coerce=int)
    side = forms.RadioField("哪边", required=False, choices=[("l", "左"), ("r", "右")])
    unit_ids = forms.ChoicesField("几个单位", choices=[(1, "甲局"), (2, "乙局")], coerce=int)
    agreed = forms.CheckField("同意")
    files = forms.FilesField("附件")


@pytest.fixture
def send(app):
    """``send(day="…")`` is the form as the server reads it."""
    from contextlib import ExitStack

    with ExitStack() as stack:

        def sent(form=Sample, **fields):
            fields.setdefault("title", "题")
            stack.enter_context(app.test_request_context("/", method="POST", data=MultiDict(fields)))
            made = form()
            made.validate()
            return made

        yield sent


def first_error(form, name):
    return form[name].errors[0] if form[name].errors else None


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("title", "  题目　", "题目"),
        ("title", "一\r\n二", "一 二"),
        ("title", "e\u0301", "é"),
        ("title", "㐂龘𠮷𬱖", "㐂龘𠮷𬱖"),
        ("title", "字" * 10, "字" * 10),
        ("text", "一\r\n二\r三", "一\n二\n三"),
        ("text", "", ""),
        ("day", "2026-07-14", date(2026, 7, 14)),
        ("day", "2026/07/14", date(2026, 7, 14)),
        ("day", "2026.07.14", date(2026, 7, 14)),
        ("day", "２０２６－０７－１４", date(2026, 7, 14)),
        ("day", "2024-02-29", date(2024, 2, 29)),
        ("day", "", None),
        ("moment", "09:30", time(9, 30)),
        ("moment", "09:30:00", time(9, 30)),
        ("moment", "0９：30", time(9, 30)),
        ("whole", "1,000", 1000),
        ("whole", "０", 0),
        ("whole", "", None),
        ("number", "1.50", Decimal("1.5")),
        ("number", "1,234.5678", Decimal("1234.5678")),
        ("number", "0", Decimal(0)),
        ("colour", "red", Colour.RED),
        ("colour", "", None),
        ("unit_id", "2", 2),
        ("side", "r", "r"),
        ("unit_ids", ["1", "2"], [1, 2]),
        ("agreed", "y", True),
    ],
)
def test_what_is_typed_rightly_is_read(send, name, typed, value):
    fields = MultiDict([(name, item) for item in typed]) if isinstance(typed, list) else {name: typed}
    form = send(**(dict(fields.lists()) if isinstance(typed, list) else fields))
    assert not form[name].errors
    assert form[name].data == value
    assert type(form[name].data) is type(value)


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("title", "", "请填写标题"),
        ("title", " 　\t", "请填写标题"),
        ("title", "字" * 11, "标题最多 10 字，现有 11 字"),
        ("title", "响\x07铃", "标题中有不可见的控制字符（U+0007）"),
        ("text", "机密★5年", "正文中有密级标志“机密★”"),
        ("text", "身份证11010519491231002X", "正文中有身份证号或多人姓名电话"),
        ("text", "字" * 101, "正文最多 100 字，现有 101 字"),
        ("day", "2026-02-30", "日期应是一个日期，如 2026-07-14"),
        ("day", "14/07/2026", "日期应是一个日期"),
        ("day", "1899-12-31", "日期应是一个日期"),
        ("day", "2200-01-01", "日期应是一个日期"),
        ("day", "近日", "日期应是一个日期"),
        ("day", "2026-07-14'; DROP TABLE unit; --", "日期应是一个日期"),
        ("day", "9" * 5000, "日期应是一个日期"),
        ("moment", "25:00", "时间应是一个时间，如 09:30"),
        ("moment", "上午", "时间应是一个时间"),
        ("whole", "-1", "人数应是 0 至 1000 的整数"),
        ("whole", "1001", "人数应是 0 至 1000 的整数"),
        ("whole", "1.5", "人数应是 0 至 1000 的整数"),
        ("whole", "一百", "人数应是 0 至 1000 的整数"),
        ("whole", "9" * 5000, "人数应是 0 至 1000 的整数"),
        ("whole", "0x10", "人数应是 0 至 1000 的整数"),
        ("number", "-1", "数值应是不小于 0 的数字"),
        ("number", "NaN", "数值应是不小于 0 的数字"),
        ("number", "Infinity", "数值应是不小于 0 的数字"),
        ("number", "1e999999", "数值应是不小于 0 的数字"),
        ("number", "1e13", "数值应是不小于 0 的数字"),
        ("number", "九成", "数值应是不小于 0 的数字"),
        ("colour", "green", "请从列表中选择颜色"),
        ("unit_id", "3", "请从列表中选择单位"),
        ("unit_id", "x", "请从列表中选择单位"),
        ("unit_id", "9" * 5000, "请从列表中选择单位"),
        ("unit_id", "1 OR 1=1", "请从列表中选择单位"),
        ("side", "m", "请从列表中选择哪边"),
        ("unit_ids", ["3"], "请从列表中选择几个单位"),
        ("unit_ids", ["1", "1"], "几个单位中同一项只能选一次"),
        ("unit_ids", ["x"], "请从列表中选择几个单位"),
    ],
)
def test_what_is_typed_wrongly_is_named_once_and_kept(send, name, typed, said):
    form = send(**{name: typed})
    assert said in first_error(form, name)
    assert [field.name for field in form if field.errors] == [name]
    if isinstance(form[name], forms.TypedField):
        assert form[name]._value() == typed
        assert form[name].data is None


def test_a_required_field_that_could_not_be_read_says_so_once(send):
    class Needed(forms.Form):
        day = forms.DayField("日期")
        unit_id = forms.ChoiceField("单位", choices=[(1, "甲局")], coerce=int)

    form = send(Needed, day="昨天", unit_id="x")
    assert form.day.errors == ["日期应是一个日期，如 2026-07-14"]
    assert form.unit_id.errors == ["请从列表中选择单位"]
    form = send(Needed, day="", unit_id="")
    assert (form.day.errors, form.unit_id.errors) == (["请填写日期"], ["请选择单位"])


def test_what_cannot_be_seen_is_taken_out_for_the_next_time(send):
    form = send(title="响\x07铃\u202e")
    assert form.title.data == "响铃"


def test_personal_data_may_be_kept_by_decision(send):
    text = "张三 13812345678，李四 13912345678"
    form = send(text=text)
    assert (form.personal_data_found, form.personal_data_kept) == (True, False)
    form = send(text=text, personal_data_confirmed="y")
    assert form.validate()
    assert form.personal_data_kept


def test_a_mark_of_secrecy_is_not_kept_by_any_decision(send):
    assert not send(text="秘密★1年", personal_data_confirmed="y").validate()


def test_the_payload_names_the_fields_and_leaves_the_machinery_out(send):
    payload = send(csrf_token="x", form_key="k", surprise="!").payload
    assert set(payload) == {
        "title",
        "text",
        "day",
        "moment",
        "whole",
        "number",
        "colour",
        "unit_id",
        "side",
        "unit_ids",
        "agreed",
        "files",
    }


@pytest.mark.parametrize(
    ("sent", "kept"), [("abc_-9", "abc_-9"), ("", ""), ("a" * 65, ""), ("a\x00b", ""), ("<x>", "")]
)
def test_a_form_key_that_is_none_of_ours_is_none(send, sent, kept):
    assert send(form_key=sent).form_key.data == kept


def test_each_form_has_a_key_of_its_own(app):
    with app.test_request_context("/"):
        assert len({Sample(formdata=None).form_key.data for _ in range(20)}) == 20


@pytest.mark.parametrize(("sent", "kept"), [("3", 3), ("", ""), ("x", "x"), ("３", "３"), ("-1", "-1")])
def test_a_version_is_a_number_or_what_was_sent(send, sent, kept):
    class Edit(forms.EditForm):
        title = forms.TextField("标题")

    assert send(Edit, version=sent).version.data == kept


def test_files_come_without_the_empty_one(app):
    with app.test_request_context("/", method="POST", data={"title": "题", "files": [(io.BytesIO(b""), "")]}):
        assert Sample().files.data == []
    sent = {"title": "题", "files": [(io.BytesIO(b"x"), "a.pdf"), (io.BytesIO(b"y"), "b.pdf")]}
    with app.test_request_context("/", method="POST", data=sent):
        assert [file.filename for file in Sample().files.data] == ["a.pdf", "b.pdf"]
        assert all(isinstance(file, FileStorage) for file in Sample().files.data)


def test_rows_and_parts_of_a_form_are_checked_too(send):
    from wtforms import FieldList, FormField
    from wtforms import Form as Part

    class Line(Part):
        name = forms.TextField("名称", required=False)

    class Whole(forms.Form):
        lines = FieldList(FormField(Line), min_entries=1)
        names = FieldList(forms.TextField("名称", required=False))

    assert send(Whole, **{"lines-0-name": "平常", "names-0": "平常"}).validate()
    for name in ("lines-0-name", "names-0"):
        form = send(Whole, **{name: "机密★1年"})
        assert not form.validate()


def test_a_refusal_stands_beside_its_field_above_the_form_or_goes_on(send):
    form = send()
    form.refuse(DomainError("storage.full", field="title"))
    assert first_error(form, "title").startswith("存储空间不足")
    form.refuse(DomainError("storage.full", field="elsewhere"))
    assert form.form_errors[0].startswith("存储空间不足")
    with pytest.raises(DomainError):
        form.refuse(DomainError("storage.full"))


def test_the_form_that_was_sent_is_known_to_the_conflict_page(app):
    with app.app_context(), app.test_request_context("/"):
        Sample()
        assert "form" not in g
    with app.test_request_context("/", method="POST", data={"title": "题"}):
        form = Sample()
        assert g.form is form


def test_choices_may_be_set_when_the_form_is_made(app):
    with app.test_request_context("/", method="POST", data={"title": "题", "unit_id": "9"}):
        form = Sample()
        form.unit_id.choices = [(9, "新局", {"data-initials": "xj"})]
        assert form.validate()
        (choice,) = form.unit_id.iter_choices()
        assert (choice.selected, choice.render_kw) == (True, {"data-initials": "xj"})


def test_values_are_shown_in_words(send):
    form = send()
    assert shown(form.unit_id, 2) == "乙局"
    assert shown(form.unit_ids, [1, 2]) == "甲局、乙局"
    assert shown(form.colour, Colour.RED) == "红"
    assert shown(form.agreed, True) == "是"
    assert shown(form.day, date(2026, 7, 14)) == "2026-07-14"
    assert shown(form.moment, time(9, 5)) == "09:05"
    assert shown(form.number, Decimal("10.50")) == "10.5"
    assert shown(form.title, None) == ""
