"""Forms as a browser fills them in: what a page offers, with some of it changed, is sent where the page says."""

from lxml import html


def filled(client, path, *, button=None, **typed):
    """Where the form on a page goes and what it sends; ``button`` picks the form by what its button says."""
    answer = client.get(path)
    assert answer.status_code == 200, f"{path}: {answer.status_code}"
    form = _form(html.fromstring(answer.text), button)
    values = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    unknown = set(typed) - {field.get("name") for field in form.iterfind(".//*[@name]")}
    assert not unknown, f"{path} does not ask for {unknown}"
    return form.get("action") or path, values | typed


def _form(page, button):
    forms = [form for form in page.forms if form.method == "POST" and form.getparent().xpath("ancestor::main")]
    if button is None:
        return next(form for form in forms if "form" in form.classes)
    return next(form for form in forms if any(button == b.text_content().strip() for b in form.iter("button")))


def send(client, path, *, button=None, **typed):
    """Fill in the form on a page and send it; the page that it leads to. A form that was not taken fails."""
    action, values = filled(client, path, button=button, **typed)
    answer = client.post(action, data=values, content_type="multipart/form-data")
    assert answer.status_code == 303, f"{action}: {answer.status_code} {complaints(answer)}"
    return answer.location


def press(client, path, button):
    """Press one of the buttons of a page."""
    return send(client, path, button=button)


def complaints(answer):
    """What the page says is wrong."""
    page = html.fromstring(answer.text)
    said = page.find_class("errors") + page.find_class("refuse") + page.find_class("msg")
    return [" ".join(part.text_content().split()) for part in said]


def text_of(answer):
    """The words of a page, with single spaces."""
    return " ".join(html.fromstring(answer.text).find(".//main").text_content().split())
