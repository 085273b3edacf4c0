"""Labels of what becomes of a sentence, and refusals."""

from collections.abc import Mapping

from meetings.core.i18n import N_
from meetings.exchange.rules import Treatment

TREATMENTS: Mapping[Treatment, str] = {
    Treatment.TASK: N_("列为任务"),
    Treatment.SET_ASIDE: N_("不列任务，写明理由"),
    Treatment.RECORD: N_("只作记录"),
    Treatment.DROP: N_("不采用"),
}

SET_ASIDE_REASON = N_("原则性要求，没有可核对的事项")
NEW_PERSON = N_("登记为新的人员")
NAME_ONLY = N_("只记姓名职务")
