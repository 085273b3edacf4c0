"""How tests make papers and read the pages about them."""

from lxml import html

KEY = {"form_key": "one"}


def made(client, code, **chosen):
    answer = client.post(f"/reports/{code}", data={**KEY, **chosen})
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def fields_of(page):
    """What the form of the words holds, by name."""
    form = html.fromstring(page).xpath("//form[@method='post'][.//*[@name='form_key']]")[0]
    return {name: value or "" for name, value in form.fields.items()}


def sent(client, code, **changed):
    """The form as the page offers it, with changes."""
    return {**fields_of(client.get(f"/reports/{code}").text), **changed}
