"""Pages and files go out packed where the browser takes it."""

import gzip

STYLES = "/static/css/luoshi.css"


def test_a_page_is_packed_for_browsers_that_take_it(stranger):
    answer = stranger.get("/sign-in", headers={"Accept-Encoding": "gzip"})
    assert answer.content_encoding == "gzip"
    assert "Accept-Encoding" in answer.vary
    assert "</html>" in gzip.decompress(answer.data).decode()


def test_others_get_it_plain(stranger):
    for encodings in ("", "br", "gzip;q=0"):
        answer = stranger.get("/sign-in", headers={"Accept-Encoding": encodings})
        assert answer.content_encoding is None
        assert "</html>" in answer.text


def test_a_file_is_packed_and_still_known_when_it_is_asked_for_again(stranger):
    with stranger.get(STYLES) as plain, stranger.get(STYLES, headers={"Accept-Encoding": "gzip"}) as first:
        assert gzip.decompress(first.data) == plain.data
        assert len(first.data) < len(plain.data) / 2
        mark = first.headers["ETag"]
    with stranger.get(STYLES, headers={"Accept-Encoding": "gzip", "If-None-Match": mark}) as again:
        assert again.status_code == 304
        assert again.data == b""


def test_a_part_of_a_file_is_sent_as_it_is(stranger):
    with stranger.get(STYLES, headers={"Accept-Encoding": "gzip", "Range": "bytes=0-9"}) as answer:
        assert answer.content_encoding is None
