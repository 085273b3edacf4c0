"""Papers of the demo committee: one at each stage of 签批."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

from meetings.approvals import actions as way
from meetings.approvals.models import (
    Approval,
    DeliveryManner,
    Disclosure,
    NumberForm,
    PaperUrgency,
    SignerRole,
)
from meetings.approvals.rules import Numbering
from meetings.core import clock
from meetings.core.actor import Actor
from meetings.core.storage import Storage
from meetings.reporting import actions
from meetings.reporting.catalogue import PAPERS, completed, gathered
from meetings.reporting.catalogue.signing import drawn, frozen, marks_of
from meetings.reporting.models import PaperDraft
from meetings.reporting.queries import find_draft

On = Callable[..., AbstractContextManager[None]]
"""``on(days, by=actor)``: a transaction so many days from today."""

PREFIXES = (
    ("meeting-notice", NumberForm.YEAR, "云妇儿工委办"),
    ("bulletin", NumberForm.YEAR, "云妇儿工委办"),
    ("supervision-notice", NumberForm.YEAR, "云妇儿工委"),
    ("reminder-notice", NumberForm.YEAR, "云妇儿工委办"),
    ("leader-brief", NumberForm.ISSUE, "督查专报"),
    ("minutes", NumberForm.ISSUE, "会议纪要"),
    ("work-brief", NumberForm.ISSUE, "工作简报"),
)
_CODE = "bulletin"
_NEXT = 22
"""The number after those that the office's register had before, the last of them that of the evaluation's scheme."""


class Papers:
    """Three bulletins by the same actions as any other: one waits for 核稿, one for 签发, one went to the units."""

    def __init__(self, *, staff: Actor, director: Actor, storage: Storage, on: On) -> None:
        self.staff, self.director, self.storage, self.on = staff, director, storage, on

    def tell(self, unit_ids: list[int], year_begins: date) -> None:
        with self.on(-30, by=self.director):
            for kind, form, prefix in PREFIXES:
                way.add_prefix(kind=kind, form=form, prefix=prefix, from_on=year_begins, by=self.director)
        issued = self._signed(-12, "关于上半年重点任务落实情况的通报")
        with self.on(-11, by=self.staff):
            self._issue(issued, unit_ids)
        self._checked(-3, "关于妇女儿童工作任务落实情况的通报")
        self._submitted(-1, "关于近期任务推进情况的通报")

    def _submitted(self, days: int, title: str) -> PaperDraft:
        entry = PAPERS[_CODE]
        with self.on(days, by=self.staff):
            chosen = completed(entry, actor=self.staff, chosen={})
            content = gathered(entry, actor=self.staff, chosen=chosen)
            row = actions.draft_paper(
                entry.code,
                signer_role=SignerRole(entry.signer),
                parameters={**chosen, **content.texts, "title": title},
                sheet={
                    "title": title,
                    "disclosure": Disclosure.ON_REQUEST,
                    "urgency": PaperUrgency.NONE,
                    "copy_count": 40,
                    "addressees": "各成员单位",
                    "copies_to": "",
                    "signing": entry.signing,
                    "cosigners": "",
                    "signer_posts": "",
                    "retention": entry.retention,
                },
                by=self.staff,
            )
            way.submit(self._approval(row), by=self.staff)
        return row

    def _checked(self, days: int, title: str) -> PaperDraft:
        row = self._submitted(days, title)
        with self.on(days, 15, by=self.director):
            way.check(self._approval(row), note="数据已与台账核对。", by=self.director)
        return row

    def _signed(self, days: int, title: str) -> PaperDraft:
        row = self._checked(days, title)
        entry = PAPERS[_CODE]
        with self.on(days, 16, by=self.director):
            content = gathered(entry, actor=self.director, chosen={**row.parameters, "as_of": None})
            actions.sign_paper(
                self._loaded(row),
                frozen(content.data),
                filter_text=content.filter_text,
                unit_id=None,
                storage=self.storage,
                note="同意印发。",
                by=self.director,
            )
        return row

    def _issue(self, row: PaperDraft, unit_ids: list[int]) -> None:
        entry, row = PAPERS[_CODE], self._loaded(row)
        numbering = Numbering(NumberForm.YEAR, "云妇儿工委办")
        content = gathered(entry, actor=self.staff, chosen={**row.parameters, "as_of": None})

        def draw(printed: str, registered: str, _code: str, head: str) -> bytes:
            marks = marks_of(row.approval, numbering, number=printed, registered=registered, audit_head=head)
            return drawn(entry, content.data, marks, actor=self.staff)

        actions.number_paper(
            row,
            numbering,
            sequence=_NEXT,
            note="此前的编号在系统启用前已用，按发文登记簿续编",
            draw=draw,
            storage=self.storage,
            by=self.staff,
        )
        way.seal(row.approval, by=self.staff)
        way.issue(row.approval, issued_on=clock.today(), copy_count=40, by=self.staff)
        way.distribute(row.approval, unit_ids=unit_ids, by=self.staff)
        today = clock.today()
        way.record_delivery(
            row.approval,
            name="州妇儿工委办",
            address="",
            manner=DeliveryManner.EXCHANGE,
            sent_on=today,
            copy_count=2,
            receipt_by="收发室",
            receipt_on=today,
            by=self.staff,
        )
        way.record_delivery(
            row.approval,
            name="县人民法院",
            address="",
            manner=DeliveryManner.HAND,
            sent_on=today,
            copy_count=1,
            by=self.staff,
        )

    def _loaded(self, row: PaperDraft) -> PaperDraft:
        return find_draft(row.approval_id, actor=self.director)

    def _approval(self, row: PaperDraft) -> Approval:
        return self._loaded(row).approval
