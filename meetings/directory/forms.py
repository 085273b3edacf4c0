"""Forms of the directory, and the field in which others name units."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from wtforms.validators import StopValidation

from meetings.core.forms import (
    CheckField,
    Choice,
    ChoiceField,
    ChoicesField,
    DayField,
    EditForm,
    Form,
    LongTextField,
    TextField,
    WholeNumberField,
    choices_of,
)
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.directory.models import Person, PostKind, UnitGroup, UnitKind
from meetings.directory.queries import PickableChoice
from meetings.directory.words import POST_KINDS, UNIT_KINDS

_SEPARATORS = re.compile(r"[、，,；;\s/]+")


class UnitNamesField(TextField):
    """Several units in one line, by name, short name or initials: 县民政局、团县委. ``unit_ids`` holds who is meant."""

    def __init__(self, label: str, *, required: bool = False, **kwargs: Any) -> None:
        super().__init__(label, required=required, max_length=500, **kwargs)
        self.units: Sequence[PickableChoice] = ()

    @property
    def unit_ids(self) -> list[int]:
        return [found for name in self._names() if (found := self._find(name)) is not None]

    def _names(self) -> list[str]:
        return [name for name in _SEPARATORS.split(self.data or "") if name]

    def _find(self, name: str) -> int | None:
        for id_, short, attributes in self.units:
            if name in {short, attributes["data-short"]} or name.lower() == attributes["data-initials"].lower():
                return int(id_)
        return None

    def pre_validate(self, form: Any) -> None:
        super().pre_validate(form)
        names = self._names()
        for name in names:
            if self._find(name) is None:
                raise StopValidation(_("没有名为“%(name)s”的单位，请核对名称", name=name))
        if len(set(self.unit_ids)) != len(names):
            raise StopValidation(_("%(label)s中同一单位写了两次", label=_(self.label.text)))


class _UnitFields:
    kind = ChoiceField(N_("类别"), choices=choices_of(UNIT_KINDS), coerce=UnitKind)
    name = TextField(N_("全称"), max_length=100, hint=N_("文书上使用的规范名称。"))
    short_name = TextField(N_("简称"), max_length=50, hint=N_("列表和责任清单中使用，如：县教育局。"))
    parent_id = ChoiceField(N_("上级单位"), coerce=int, required=False, empty=N_("没有"))
    from_on = DayField(N_("设立日期"), required=False, hint=N_("不清楚的留空。"))
    note = LongTextField(N_("备注"), required=False, max_length=2000, rows=3)


class CreateUnitForm(_UnitFields, Form):
    def __init__(self, *args: Any, units: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parent_id.choices = list(units)


class EditUnitForm(_UnitFields, EditForm):
    renamed_on = DayField(
        N_("更名日期"), required=False, hint=N_("改了名称才填：新名称从这一天起用，以前的会议和文书仍用旧名。")
    )
    is_correction = CheckField(N_("只是更正错字，不算更名"))

    def __init__(self, *args: Any, units: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parent_id.choices = list(units)


class MoveUnitForm(Form):
    after_id = ChoiceField(N_("排在哪个单位之后"), coerce=int, required=False, empty=N_("排在最前"))

    def __init__(self, *args: Any, units: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.after_id.choices = list(units)


class DissolveUnitForm(Form):
    until_on = DayField(N_("撤销日期"), hint=N_("存续的最后一天。本单位尚未止任的任职同日止任，历史记录不变。"))


class MergeUnitForm(Form):
    into_id = ChoiceField(N_("并入单位"), coerce=int)
    until_on = DayField(N_("合并日期"), hint=N_("本单位存续的最后一天，次日起由并入单位承接。"))

    def __init__(self, *args: Any, units: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.into_id.choices = list(units)


class _GroupFields:
    name = TextField(
        N_("名称"), max_length=100, hint=N_("主送、参会范围中使用的叫法，如：各成员单位、各乡镇场（街道）。")
    )
    unit_ids = ChoicesField(N_("所含单位"), coerce=int, required=True)
    until_on = DayField(N_("停用日期"), required=False, hint=N_("不再使用的才填，含当日。"))


class CreateGroupForm(_GroupFields, Form):
    def __init__(self, *args: Any, units: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit_ids.choices = list(units)


class EditGroupForm(_GroupFields, EditForm):
    def __init__(self, *args: Any, units: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit_ids.choices = list(units)

    @classmethod
    def values_of(cls, row: UnitGroup) -> dict[str, Any]:
        return super().values_of(row) | {"unit_ids": [member.unit_id for member in row.members]}


class _PersonFields:
    name = TextField(N_("姓名"), max_length=100, hint=N_("同名的各建一人，不要合并。"))
    office_phone = TextField(N_("办公电话"), required=False, max_length=50)
    protocol_order = WholeNumberField(
        N_("礼宾次序"), least=1, most=9999, hint=N_("数小的在前；名单、座次按此排列，未定的填 1000。")
    )
    note = LongTextField(N_("备注"), required=False, max_length=2000, rows=3)


class CreatePersonForm(_PersonFields, Form):
    mobile = TextField(
        N_("手机号"),
        required=False,
        max_length=20,
        hint=N_("平时只显示头三位和末四位。"),
        render_kw={"inputmode": "tel"},
    )


class EditPersonForm(_PersonFields, EditForm):
    mobile = TextField(N_("新手机号"), required=False, max_length=20, render_kw={"inputmode": "tel"})
    clear_mobile = CheckField(N_("删去现有手机号"))

    @classmethod
    def values_of(cls, row: Person) -> dict[str, Any]:
        """The number is not shown here: looking at it is an act of its own, which is logged."""
        return super().values_of(row) | {"mobile": "", "clear_mobile": False}


class _PostFields:
    kind = ChoiceField(N_("任职"), choices=choices_of(POST_KINDS), coerce=PostKind)
    title = TextField(N_("职务"), max_length=100, hint=N_("名单上印的职务，如：局长、妇联主席。"))
    from_on = DayField(N_("任职日期"))


class AddPostForm(_PostFields, Form):
    person_id = ChoiceField(
        N_("人员"), coerce=int, required=False, empty=N_("只登记职务，不登记姓名"), hint=N_("没有的，先在人员页新建。")
    )
    unit_id = ChoiceField(N_("单位"), coerce=int)

    def __init__(self, *args: Any, people: Iterable[Choice], units: Iterable[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person_id.choices = list(people)
        self.unit_id.choices = list(units)


class EditPostForm(_PostFields, EditForm):
    pass


class EndPostForm(Form):
    until_on = DayField(N_("止任日期"), hint=N_("在任的最后一天。以前的会议和名单不变。"))


class EditCommitteeForm(EditForm):
    region = TextField(N_("地区"), max_length=100, hint=N_("如：某县。"))
    office_phone = TextField(N_("办公室电话"), required=False, max_length=50)
    office_hours = TextField(N_("办公时间"), required=False, max_length=100, hint=N_("如：工作日 9:30—19:30。"))


class RenameCommitteeForm(Form):
    name = TextField(N_("名称"), max_length=100, hint=N_("妇女儿童工作委员会，或妇女儿童工作联席会议的全称。"))
    office_name = TextField(N_("办公室名称"), max_length=100)
    from_on = DayField(N_("起用日期"), hint=N_("这一天以前的会议和文书仍用原名称。"))
