"""Files by their content, and a full disk."""

import hashlib
import threading

import obstore
import pytest

from meetings.core import storage
from meetings.core.storage import Storage, StorageFull


@pytest.fixture
def store(tmp_path):
    return Storage((tmp_path / "文件 files").as_uri())


@pytest.mark.parametrize("content", [b"", b"x", "字".encode(), bytes(range(256)) * 5000])
def test_what_is_put_comes_back(store, content):
    key = store.put(content)
    assert key == hashlib.sha256(content).hexdigest()
    assert store.get(key) == content
    assert store.has(key)


def test_the_same_bytes_are_kept_once_and_never_rewritten(store, tmp_path):
    key = store.put(b"evidence")
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    before = file.stat().st_mtime_ns, file.stat().st_ino
    assert store.put(b"evidence") == key
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == before
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_what_is_not_there_is_not_found(store):
    assert not store.has("0" * 64)
    with pytest.raises(FileNotFoundError):
        store.get("0" * 64)


def test_many_at_once_put_the_same_file(store):
    keys = []
    threads = [threading.Thread(target=lambda: keys.append(store.put(b"same" * 100_000))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(keys)) == 1
    assert len(keys) == 8
    assert store.get(keys[0]) == b"same" * 100_000


def full(*_arguments):
    raise OSError(28, "No space left on device")


def test_a_full_disk_is_a_refusal_of_its_own_and_heals(store, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(storage.obstore, "put", full)
        with pytest.raises(StorageFull) as refused:
            store.put(b"evidence")
        assert (refused.value.code, refused.value.status) == ("storage.full", 503)
    assert store.get(store.put(b"evidence")) == b"evidence"


def test_an_object_store_has_the_same_calls(tmp_path):
    store = Storage("memory:///")
    assert store.get(store.put(b"x")) == b"x"
    assert obstore is storage.obstore


def test_what_is_put_aside_lies_apart_and_can_be_dropped(store):
    kept = store.put(b"x")
    key, other = store.put_aside(b"x"), store.put_aside(b"x")
    assert key != other
    assert store.get(key) == b"x"
    store.drop(key)
    store.drop(key)
    with pytest.raises(FileNotFoundError):
        store.get(key)
    assert (store.get(kept), store.get(other)) == (b"x", b"x")
    with pytest.raises(ValueError, match=kept):
        store.drop(kept)
