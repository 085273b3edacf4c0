"""Answers packed by gzip for browsers that take it: a page must open soon on the line of a township."""

import gzip
from http import HTTPStatus

from flask import Response, request

_TYPES = {"text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml", "application/json"}
_WORTH_IT = 1024  # bytes; below, what gzip adds eats what it saves
_QUICK, _SMALL = 3, 9  # levels: for pages, made anew each time, and for files, packed once

_files: dict[str, bytes] = {}


def packed(response: Response) -> Response:
    """The same answer in fewer bytes, where that is possible and worth it.

    Pages are private, and no form is accepted from another host (SameSite, token), so their length tells nobody
    anything that could be used.
    """
    if response.mimetype not in _TYPES or response.content_encoding or request.range:
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings.quality("gzip") or response.status_code == HTTPStatus.NOT_MODIFIED:
        return response
    if request.endpoint == "static":
        _pack_file(response)
    elif not response.is_streamed and len(body := response.get_data()) >= _WORTH_IT:
        response.set_data(gzip.compress(body, _QUICK, mtime=0))
        response.content_encoding = "gzip"
    return response


def _pack_file(response: Response) -> None:
    """A file of the installation; its mark (time and size) says whether it was packed before."""
    mark, _weak = response.get_etag()
    if not mark:
        return
    response.direct_passthrough = False
    body = response.get_data()  # also where it is known: the file is closed with the answer only if it was read
    if mark not in _files:
        _files[mark] = gzip.compress(body, _SMALL, mtime=0)
    response.set_data(_files[mark])
    response.set_etag(mark, weak=True)  # the bytes differ from those of the file
    response.content_encoding = "gzip"
    response.headers.pop("Accept-Ranges", None)
