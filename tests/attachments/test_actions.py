"""Keeping a file."""

import pytest

from meetings.attachments import actions
from meetings.attachments.models import Attachment
from meetings.audit.models import AccessEntry, AccessKind
from meetings.core.db import db, transaction
from meetings.core.errors import DomainError
from meetings.core.storage import Storage
from tests import factories


@pytest.fixture
def storage(tmp_path):
    return Storage((tmp_path / "files").as_uri())


def keep(storage, name, content, by, **more):
    with transaction(by=by):
        return actions.keep(name=name, content=content, storage=storage, by=by, max_megabytes=1, **more)


def test_a_kept_file_has_its_bytes_in_the_store_and_its_name_in_the_row(session, storage):
    by = factories.staff()
    kept = keep(storage, "..\\方案𠮷.pdf", b"%PDF-1.7 x", by)
    assert (kept.name, kept.size, kept.media_type) == ("方案𠮷.pdf", 10, "application/pdf")
    assert kept.uploaded_by_name == by.name
    assert storage.get(kept.sha256) == b"%PDF-1.7 x"


def test_a_file_with_a_mark_of_secrecy_is_not_stored(session, storage, tmp_path):
    with pytest.raises(DomainError) as refused:
        keep(storage, "通知.txt", "秘密★3年\n通知".encode("gb18030"), factories.staff())
    assert refused.value.code == "file.secret"
    assert not [path for path in (tmp_path / "files").rglob("*") if path.is_file()]
    assert db.session.query(Attachment).count() == 0


def test_the_decision_to_keep_personal_data_is_logged(session, storage):
    content = "张某某 13800000001\n李某某 13800000002".encode()
    by = factories.staff()
    with pytest.raises(DomainError):
        keep(storage, "名单.txt", content, by)
    keep(storage, "名单.txt", content, by, personal_data_confirmed=True)
    entry = db.session.query(AccessEntry).one()
    assert (entry.kind, entry.user_id, entry.subject) == (
        AccessKind.PERSONAL_DATA_KEPT,
        by.user_id,
        "attachment 名单.txt",
    )
