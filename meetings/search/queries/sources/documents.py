"""What is found of documents and of the plans among them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Select, select

from meetings.attachments.models import Attachment
from meetings.documents.models import Document, DocumentFile
from meetings.plans.models import Domain, Goal, Indicator, Measure, Plan
from meetings.search.models import Kind
from meetings.search.queries.sources.reading import Reading, issued_to, lines, readers


def _document_marks(row: Any) -> tuple[str, ...]:
    marks = (readers(row.committee_id),)
    return (*marks, issued_to(row.committee_id)) if row.is_for_units else marks


def _document(row: Any, _beside: Any) -> Any:
    text = lines(row.number, row.issuing_body, row.text)
    return row.id, row.title, text, "", row.issued_on, _document_marks(row)


def _document_file(row: Any, _beside: Any) -> Any:
    return row.document_id, row.name, "", row.title, row.issued_on, _document_marks(row)


def _line_of_plan(row: Any, _beside: Any) -> Any:
    return row.plan_id, f"{row.domain}{row.number}", row.text, row.plan, None, (readers(row.committee_id),)


def _indicator(row: Any, _beside: Any) -> Any:
    text = lines(row.definition, row.formula, row.numerator_name, row.denominator_name)
    return row.plan_id, row.name, text, f"{row.plan}，{row.domain}", None, (readers(row.committee_id),)


def _of_plans(kind: Any, *columns: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(
            kind.id,
            kind.committee_id,
            kind.plan_id,
            Plan.title.label("plan"),
            Domain.name.label("domain"),
            *columns,
        )
        .join(Plan, Plan.id == kind.plan_id)
        .join(Domain, Domain.id == kind.domain_id)
    )


READINGS: Mapping[Kind, Reading] = {
    Kind.DOCUMENT: Reading(
        select(
            Document.id,
            Document.committee_id,
            Document.title,
            Document.number,
            Document.issuing_body,
            Document.text,
            Document.issued_on,
            Document.is_for_units,
        ),
        Document.id,
        _document,
    ),
    Kind.DOCUMENT_FILE: Reading(
        select(
            DocumentFile.id,
            DocumentFile.document_id,
            Document.committee_id,
            Document.title,
            Document.issued_on,
            Document.is_for_units,
            Attachment.name,
        )
        .join(Document, Document.id == DocumentFile.document_id)
        .join(Attachment, Attachment.id == DocumentFile.attachment_id),
        DocumentFile.id,
        _document_file,
        {"document": DocumentFile.document_id},
    ),
    Kind.GOAL: Reading(
        _of_plans(Goal, Goal.number, Goal.text),
        Goal.id,
        _line_of_plan,
        {"plan": Goal.plan_id, "domain": Goal.domain_id},
    ),
    Kind.MEASURE: Reading(
        _of_plans(Measure, Measure.number, Measure.text),
        Measure.id,
        _line_of_plan,
        {"plan": Measure.plan_id, "domain": Measure.domain_id},
    ),
    Kind.INDICATOR: Reading(
        _of_plans(
            Indicator,
            Indicator.name,
            Indicator.definition,
            Indicator.formula,
            Indicator.numerator_name,
            Indicator.denominator_name,
        ),
        Indicator.id,
        _indicator,
        {"plan": Indicator.plan_id, "domain": Indicator.domain_id},
    ),
}
