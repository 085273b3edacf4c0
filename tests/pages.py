"""The page checker: what every page of the product must keep, asserted on its HTML."""

import itertools
import re
from urllib.parse import urlsplit

import html5lib
from lxml import etree

_SPACE = re.compile(r"\s+")
# Controls that a person fills in and that must say what they are for.
_NOT_LABELLED = {"hidden", "submit", "button", "image", "reset"}
_ADDRESSES = ("href", "src", "action", "formaction", "poster", "data", "srcset", "cite")
_SCOPES = {"col", "row", "colgroup", "rowgroup"}
_OWN_ACTS = re.compile(r"on[a-z]+")


def check(html: str) -> None:
    """Assert all rules at once, so that one run names every fault of a page."""
    faults = faults_of(html)
    assert not faults, "\n".join(faults)


def faults_of(html: str) -> list[str]:
    """What is wrong with the page, in words; nothing when it is good."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=True)
    page = parser.parse(html).getroot()
    _plain_names(page)
    faults = [f"not valid HTML: line {place[0]}: {code} {details or ''}" for place, code, details in parser.errors]
    for rule in (_headings, _ids, _labels, _nothing_inline, _own_host, _forms, _buttons, _tables, _pictures, _frame):
        faults += rule(page)
    return faults


def _plain_names(page: etree._Element) -> None:
    """Drop the namespace, so that paths read like HTML."""
    for element in page.iter(etree.Element):
        element.tag = etree.QName(element).localname


def words(element: etree._Element) -> str:
    """The text of an element, with single spaces."""
    return _SPACE.sub(" ", "".join(element.itertext())).strip()


def _name(element: etree._Element, page: etree._Element) -> str:
    """What a screen reader calls a control: label, aria-label, aria-labelledby, title or its own text."""
    own = element.get("aria-label") or element.get("title") or ""
    named = (element.get("aria-labelledby") or "").split()
    named_by = [words(other) for other in page.iterfind(".//*[@id]") if other.get("id") in named]
    id_ = element.get("id")
    labels = [words(label) for label in page.iter("label") if id_ and label.get("for") == id_]
    around = [words(label) for label in element.iterancestors("label")]
    return " ".join([own, *named_by, *labels, *around]).strip()


def _shown(element: etree._Element) -> str:
    return etree.tostring(element, encoding="unicode", with_tail=False)[:120]


def _headings(page: etree._Element) -> list[str]:
    title = page.find("head/title")
    headings = list(page.iter("h1"))
    if title is None or not words(title):
        return ["the page has no title"]
    if len(headings) != 1:
        return [f"{len(headings)} h1 on the page: {[words(h) for h in headings]}"]
    faults = []
    if words(headings[0]) not in words(title) or not words(headings[0]):
        faults.append(f"the title “{words(title)}” does not contain the h1 “{words(headings[0])}”")
    levels = [int(h.tag[1]) for h in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    steps = itertools.pairwise(levels)
    faults += [
        f"a heading of level {lower} follows one of level {upper}" for upper, lower in steps if lower > upper + 1
    ]
    return faults


def _ids(page: etree._Element) -> list[str]:
    ids = [element.get("id") for element in page.iter(etree.Element) if element.get("id") is not None]
    faults = [f"the id “{id_}” stands {ids.count(id_)} times" for id_ in sorted(set(ids)) if ids.count(id_) > 1]
    for element in page.iter(etree.Element):
        for attribute in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "form"):
            named = (element.get(attribute) or "").split()
            faults += [f"{attribute}=“{id_}” names nothing on the page" for id_ in named if id_ not in ids]
        address = element.get("href") or ""
        if element.tag == "a" and address.startswith("#") and address[1:] not in ids:
            faults.append(f"the link {address} leads nowhere")
    return faults


def _labels(page: etree._Element) -> list[str]:
    controls = [c for c in page.iter("input", "select", "textarea") if c.get("type", "text") not in _NOT_LABELLED]
    return [f"no label: {_shown(control)}" for control in controls if not _name(control, page)]


def _nothing_inline(page: etree._Element) -> list[str]:
    faults = [f"inline style: {_shown(e)}" for e in page.iter(etree.Element) if e.get("style") is not None]
    faults += [f"inline style sheet: {_shown(e)}" for e in page.iter("style")]
    faults += [f"inline script: {_shown(e)}" for e in page.iter("script") if not e.get("src")]
    for element in page.iter(etree.Element):
        faults += [f"inline handler: {_shown(element)}" for name in element.attrib if _OWN_ACTS.fullmatch(name)]
    return faults


def _own_host(page: etree._Element) -> list[str]:
    faults = []
    for element in page.iter(etree.Element):
        for attribute in _ADDRESSES:
            address = element.get(attribute)
            if address is None:
                continue
            parts = urlsplit(address)
            if parts.netloc or parts.scheme not in {"", "mailto", "tel"}:
                faults.append(f"an address outside the installation: {attribute}=“{address}”")
    return faults


def _forms(page: etree._Element) -> list[str]:
    faults = []
    for form in page.iter("form"):
        method = (form.get("method") or "").lower()
        if not form.get("action") or method not in {"get", "post"}:
            faults.append(f"a form without action and method: {_shown(form)}")
        tokens = [i for i in form.iter("input") if i.get("name") == "csrf_token" and i.get("value")]
        if method == "post" and len(tokens) != 1:
            faults.append(f"a POST form with {len(tokens)} csrf_token: {_shown(form)}")
        if method == "get" and tokens:
            faults.append(f"a GET form that shows its csrf_token in the address: {_shown(form)}")
        if form.find(".//input[@type='file']") is not None and form.get("enctype") != "multipart/form-data":
            faults.append(f"a form that sends files without multipart/form-data: {_shown(form)}")
    return faults


def _buttons(page: etree._Element) -> list[str]:
    said = ("button", "summary", "a")
    faults = [f"no words: {_shown(b)}" for b in page.iter(*said) if not (words(b) or _name(b, page))]
    faults += [f"a link that leads nowhere: {_shown(a)}" for a in page.iter("a") if a.get("href") in {None, "", "#"}]
    return faults


def _tables(page: etree._Element) -> list[str]:
    faults = []
    for table in page.iter("table"):
        heads = list(table.iter("th"))
        if not heads:
            faults.append(f"a table without th: {_shown(table)}")
        faults += [f"a th without scope: {_shown(th)}" for th in heads if th.get("scope") not in _SCOPES]
        faults += [f"a th without words: {_shown(th)}" for th in heads if not words(th) and th.find(".//input") is None]
    return faults


def _pictures(page: etree._Element) -> list[str]:
    return [f"a picture without alt: {_shown(img)}" for img in page.iter("img") if img.get("alt") is None]


def _frame(page: etree._Element) -> list[str]:
    faults = []
    if not page.get("lang"):
        faults.append("html has no lang")
    if len(list(page.iter("main"))) != 1:
        faults.append("not exactly one main")
    return faults
