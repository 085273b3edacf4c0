"""督办通知单 (``supervision-notice``): what is to be done by when and on what ground; the answer on a second part."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from reports.blocks import Annex, Block, Facts, Fields, Official
from reports.facts import Issuer, day_text
from reports.opinions import NOT_YET, Opinion, opinion_box
from reports.sections import listed, numbered_sections

ANSWER = "督办事项办理情况反馈单"


@dataclass(frozen=True, kw_only=True)
class SupervisionAnswer:
    """The second part as it was filled in; what is empty is left to be written by hand."""

    received_on: date | None = None
    received_by: str = ""
    result: str = ""
    unit: Opinion = NOT_YET
    office: Opinion = NOT_YET
    leader: Opinion = NOT_YET


_UNANSWERED = SupervisionAnswer()


@dataclass(frozen=True, kw_only=True)
class SupervisionNotice:
    """A notice to one unit about one matter.

    ``issued_by`` tells in whose name it stands, ``matter`` the task or requirement, ``basis`` what it rests on,
    ``demands`` are lines. ``due_on`` is the day to finish, ``answer_by`` the day to answer, ``manner`` how to answer.
    ``contact`` is a person's post or name, the telephone that of the office.
    """

    issuer: Issuer
    title: str
    addressees: str
    matter: str
    day: date
    issued_by: Literal["committee", "office"] = "committee"
    urgency: Literal["", "加急", "特急"] = ""
    basis: str = ""
    demands: tuple[str, ...] = ()
    cooperating_units: tuple[str, ...] = ()
    due_on: date | None = None
    answer_by: date | None = None
    manner: str = ""
    contact: str = ""
    copies_to: str = ""
    answer: SupervisionAnswer = _UNANSWERED


def compose(notice: SupervisionNotice) -> Official:
    """A document of the committee or its office with the form of the answer as annex."""
    body = notice.issuer.body if notice.issued_by == "committee" else notice.issuer.office
    contact = (f"联系人：{notice.contact}" if notice.contact else "", _phone(notice.issuer))
    return Official(
        form="document",
        mark=f"{body}文件",
        title=notice.title,
        body=_body(notice),
        year=notice.day.year,
        urgency=notice.urgency,
        addressees=notice.addressees,
        attachments=(ANSWER,),
        signature=body,
        day=notice.day,
        signing="seal",
        remark="，".join(part for part in contact if part),
        copies_to=notice.copies_to,
        printed_by=notice.issuer.office,
        annexes=(Annex(title=ANSWER, body=_answer(notice)),),
    )


def _phone(issuer: Issuer) -> str:
    return f"电话：{issuer.phone}" if issuer.phone else ""


def _body(notice: SupervisionNotice) -> Iterator[Block]:
    until = f"请于{day_text(notice.due_on)}前办结。" if notice.due_on else ""
    by = f"请于{day_text(notice.answer_by)}前反馈办理情况。" if notice.answer_by else ""
    yield from numbered_sections(
        (
            ("督办事项", notice.matter),
            ("督办依据", notice.basis),
            ("办理要求", listed(notice.demands)),
            ("配合单位", f"{'、'.join(notice.cooperating_units)}。" if notice.cooperating_units else ""),
            ("办理时限", until),
            ("反馈方式", by + notice.manner),
        )
    )


def _answer(notice: SupervisionNotice) -> Iterator[Block]:
    answer = notice.answer
    received = f"{day_text(answer.received_on)}　{answer.received_by}" if answer.received_on else ""
    yield Facts(
        (
            ("督办事项", notice.matter),
            ("主办单位", notice.addressees.rstrip("：:")),
            ("配合单位", "、".join(notice.cooperating_units)),
            ("办理时限", notice.due_on),
            ("反馈期限", notice.answer_by),
        )
    )
    yield Fields(
        (
            ("签　　收", received or "签收人：　　　　　　　　年　　月　　日", 2),
            ("办理结果", answer.result, 5),
            opinion_box("单位意见\n（盖章）", answer.unit, 3),
            opinion_box("办公室意见", answer.office, 3),
            opinion_box("领导批示", answer.leader, 3),
        )
    )
