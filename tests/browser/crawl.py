"""Walk through the pages that one person can reach, and say what is wrong with each.

One page stands for its kind: links are followed once for each route, set of query names and, in the ledger, state and
light of the task. In the browser the first page of each route is judged, and every further one that brings something
not seen on any page before, whoever looked at it then.
"""

import re
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

from lxml import html
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from tests.pages import faults_of

DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 375, "height": 667}
SMALLEST = {"width": 320, "height": 568}
MOST_BYTES = 100 * 1024  # of a page with its style sheets and scripts, as sent; the library that draws charts apart

BYTES = """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  .filter(e => !/\\.(pdf|png)([?#]|$)|\\/echarts\\./.test(e.name)).reduce((sum, e) => sum + e.encodedBodySize, 0)"""
# What sticks out at the right, unless it lies in a box that scrolls by itself; words alone are found by their width.
WIDER = """width => document.documentElement.scrollWidth <= width ? [] : [
  `${document.documentElement.scrollWidth} px`, ...[...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > width + 1 && !e.closest('.scroll-m, .rail, .tabs'))
    .slice(0, 3).map(e => e.outerHTML.slice(0, 120))]"""


@dataclass
class Walk:
    """One person's walk; `judged`, what no longer needs the browser, is shared between people."""

    page: object
    routes: MapAdapter
    axe: object
    judged: set = field(default_factory=set)
    faults: list = field(default_factory=list)
    visited: list = field(default_factory=list)
    new: list = field(default_factory=list)
    now: str = ""

    def through(self, starts):
        """Breadth first, from `starts`."""
        waiting = deque((address, "") for address in starts)
        met = set()
        while waiting:
            address, note = waiting.popleft()
            kind = self._kind(address, note)
            if kind is None or kind in met:
                continue
            met.add(kind)
            waiting.extend(self._visit(address))

    def again_enlarged(self):
        """The pages that were new, in large print: whoever calls has switched it on."""
        for path in self.new:
            self.now = f"{path}, enlarged"
            self.page.goto(path)
            self._judge()
            self._fits(SMALLEST)
            self.page.set_viewport_size(DESKTOP)

    def _kind(self, address, note):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/static/"):
            return None
        try:
            endpoint, values = self.routes.match(parts.path, method="GET")
        except HTTPException:
            self._complain(f"links to {address}, which is no page")
            return None
        words = tuple(sorted((name, value) for name, value in values.items() if isinstance(value, str)))
        return endpoint, words, frozenset(name for name, _ in parse_qsl(parts.query)), note

    def _visit(self, address):
        """Judge one page; return its links. Only what is new is opened in the browser, which takes its time."""
        parts = urlsplit(address)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if _is_file(self.routes.match(parts.path)[0]):
            return self._fetch(path)
        self.now = path
        response = self.page.request.get(path)
        if response.status != 200:
            self._complain(f"answers {response.status}")
            return []
        if "html" not in response.headers["content-type"]:
            return []  # a file
        text = response.text()
        self.visited.append(path)
        for fault in faults_of(text):
            self._complain(fault)
        document = html.document_fromstring(text)
        if self._is_new(path, document):
            self.new.append(path)
            self.page.goto(path)
            self._judge()
            if (weight := self.page.evaluate(BYTES)) > MOST_BYTES:
                self._complain(f"weighs {weight} bytes")
            self._fits(SMALLEST)
            self._fits(PHONE)
            self._judge()
            self.page.set_viewport_size(DESKTOP)
        return list(_links(document, parts.path))

    def _is_new(self, path, document):
        endpoint = self.routes.match(path.partition("?")[0])[0]
        parts = {f"page {endpoint}", *map(_part, document.iterfind(".//body//*"))}
        new = not parts <= self.judged
        self.judged |= parts
        return new

    def _fetch(self, path):
        """A download: made only once, whoever may have it."""
        kind = re.sub(r"\d+", "", path.partition("?")[0])
        if kind not in self.judged:
            self.judged.add(kind)
            self.now = path
            response = self.page.request.get(path)
            if response.status != 200:
                self._complain(f"answers {response.status}")
        return []

    def _judge(self):
        width = self.page.viewport_size["width"]
        for fault in self.axe(self.page):
            self._complain(f"at {width} px: {fault}")

    def _fits(self, size):
        for what in too_wide(self.page, size):
            self._complain(f"is wider than {size['width']} px: {what}")

    def _complain(self, words):
        self.faults.append(f"{self.now}: {words}")


def too_wide(page, size):
    """What sticks out at the right of a window of this size, which it keeps."""
    page.set_viewport_size(size)
    return page.evaluate(WIDER, size["width"])


def starts(routes):
    """The pages that need nothing but their address, known from the map of addresses."""
    rules = routes.map.iter_rules()
    addresses = sorted(rule.rule for rule in rules if "GET" in (rule.methods or ()) and not rule.arguments)
    return ["/", *(address for address in addresses if not address.startswith(("/health/", "/metrics", "/drafts/key")))]


def _part(element):
    """What an element is, without its words."""
    around = element.getparent().get("class")
    return " ".join(map(str, (around, element.tag, *map(element.get, ("class", "type", "aria-current")))))


def _links(document, here):
    """Each link, with state and light of the row it stands in."""
    for link in document.iterfind(".//body//a[@href]"):
        href = link.get("href")
        row = next(link.iterancestors("tr"), None)
        note = ""
        if row is not None:
            told = [*row.xpath("td[contains(@class, 'c-state')]"), *row.xpath("td[@class='c-light']/span")]
            note = " ".join(
                f"{part.get('class')} {part.text_content().strip().rstrip('0123456789 日')}" for part in told
            )
        if href.startswith(("/", "?")):
            yield (here + href if href.startswith("?") else href), note


def _is_file(endpoint):
    """Routes whose answer is a file, which is made once only however many links lead to it."""
    name = endpoint.rpartition(".")[2]
    return name in {"bundle", "copy", "preview", "received_paper", "reprint", "draft_sheet"} or name.endswith(
        ("file", "scan")
    )
