"""Words, lights and imprints that samples share."""

from datetime import datetime, timedelta, timezone

from reports.facts import Light
from reports.imprint import Imprint

BEIJING = timezone(timedelta(hours=8))
RARE = "㐂龘𠮷𬱖"
HOSTILE = "<b>粗体</b> & A&B公司 投资<b的项目>完成 </para> \\) ET Q (() <FEFF> %%EOF"
LONG = (
    "牵头单位会同各配合单位，按照“谁主管、谁负责”的原则，逐村逐校开展摸底排查，建立台账；对发现的问题“一事一策”限期整改，"
    "确保2026年9月30日前完成率达到98.6%以上，投入资金3,580.5万元……做到件件有着落——事事有回音。"
)

GREEN = Light(code="green", word="正常推进")
YELLOW = Light(code="yellow", word="临期（剩2个工作日）")
RED = Light(code="red", word="逾期6天")
HOLLOW = Light(code="hollow", word="未签收")
LATE_RECEIPT = Light(code="late_receipt", word="超期未签收")
BLUE = Light(code="blue", word="已办结")
BLACK = Light(code="black", word="已销号")
GREY = Light(code="grey", word="已中止")


def imprint(*, preview: bool = False, is_verified: bool = True) -> Imprint:
    has_code = is_verified and not preview
    return Imprint(
        issuer="云山县妇女儿童工作委员会办公室",
        printed_at=datetime(2026, 11, 23, 10, 32, tzinfo=BEIJING),
        printed_by="办公室工作人员甲",
        number="" if preview else "BB-2026-0117",
        verification_code="7K3M9QX2TBVN4HRD" if has_code else "",
        verify_address="https://luoshi.example/verify" if has_code else None,
        audit_head="9f2c41d07ab3",
        filter_text="会议：2026年第2次全体会议；状态：全部；截至2026年11月23日",
        preview=preview,
    )
