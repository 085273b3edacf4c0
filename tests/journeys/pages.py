"""Forms as a reader fills them in: what a page offers, with some of it changed, is sent where the page says."""

from lxml import html


def filled(client, path, *, button=None, **typed):
    """Where the form on a page goes and what it sends.

    ``button`` picks the form by what its button says; lists, radios and tick boxes are chosen by the words beside them.
    """
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    page = html.fromstring(answer.text)
    form = _form(page, button)
    values = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    for name, value in typed.items():
        values[name] = _chosen(page, form, name, value)
    return form.get("action") or path, values


def _form(page, button):
    forms = [form for form in page.forms if form.method == "POST" and form.xpath("ancestor::main")]
    if button is None:
        return next(form for form in forms if "form" in form.classes)
    return next(form for form in forms if any(button == b.text_content().strip() for b in form.iter("button")))


def _chosen(page, form, name, value):
    controls = form.xpath(".//*[@name=$name]", name=name) + page.xpath(
        "//*[@form=$id and @name=$name]", id=form.get("id") or "-", name=name
    )
    assert controls, f"the page does not ask for {name}"
    offered = {}
    for control in controls:
        if control.tag == "select":
            offered |= {_words(option): option.get("value") for option in control.iter("option")}
        elif control.get("type") in {"radio", "checkbox"}:
            around = [_words(label) for label in control.iterancestors("label")]
            offered[control.get("aria-label") or "".join(around)] = control.get("value")
    if not offered:
        return value
    return [offered[words] for words in value] if isinstance(value, list) else offered[value]


def _words(element):
    return " ".join(element.text_content().split())


def send(client, path, *, button=None, **typed):
    """Fill in the form on a page and send it; the address of the page that it leads to."""
    action, values = filled(client, path, button=button, **typed)
    answer = client.post(action, data=values, content_type="multipart/form-data")
    assert answer.status_code == 303, f"{action}: {answer.status_code} {complaints(answer)}"
    return answer.location


def complaints(answer):
    """What the page says is wrong."""
    page = html.fromstring(answer.text)
    return [_words(part) for part in page.xpath("//*[contains(@class, 'errors') or contains(@class, 'refuse')]")]


def link(client, path, words):
    """Where the link with these words goes."""
    page = html.fromstring(client.get(path).text)
    return next(a.get("href") for a in page.iterfind(".//main//a") if words in _words(a))


def text_of(client, path):
    """The words of a page, with single spaces."""
    return _words(html.fromstring(client.get(path).text).find(".//main"))
