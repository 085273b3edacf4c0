"""A plan's goals or indicators, pasted or as a file; first to be looked at, then to be carried out."""

from collections.abc import Mapping, Sequence
from typing import Any

from meetings.core.forms import Choice, FilesField, LongTextField, RadioField
from meetings.core.i18n import N_
from meetings.core.i18n import gettext as _
from meetings.exchange.forms.tables import TableForm

MOST_CHARACTERS = 400_000
CODES: tuple[Choice, ...] = (("goals", N_("主要目标和责任单位（任务分解书）")), ("indicators", N_("指标")))


class PlanImportForm(TableForm):
    """Either a text with one row on each line, or a workbook."""

    code = RadioField(N_("导入什么"), choices=CODES, default="goals")
    text = LongTextField(
        N_("粘贴表格"),
        required=False,
        max_length=MOST_CHARACTERS,
        rows=8,
        hint=N_("在 Word 或 Excel 中连同列名选中复制，粘贴到这里。列名：领域、主要目标、主要责任单位、责任单位。"),
    )
    files = FilesField(N_("或者上传文件"), hint=N_("Excel 文件（.xlsx），一个，最多 10 MB、10000 行。"))

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        valid = super().validate(extra_validators)
        if valid and not self.text.data and not self.files.data:
            self.text.errors = [_("请粘贴表格，或者上传一个文件")]
            return False
        if valid and self.text.data and self.files.data:
            self.files.errors = [_("一次只读一份：粘贴和上传文件只用一种")]
            return False
        return valid
