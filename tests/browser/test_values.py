"""Values in a browser: pasted from Excel, walked by keyboard, drawn as charts, read without barriers."""

PASTE = """([name, text]) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(`[name=${name}]`).dispatchEvent(paste);
}"""

PAGES = {
    "edu_liaison": ["/plans/values?year=2025", "/plans/values/sheet?year=2025", "/indicators/50"],
    "stats_liaison": ["/plans/values/progress?year=2025", "/plans/values/check?year=2025", "/plans/values?above=1"],
    "office_staff": ["/plans/1/monitoring", "/indicators/2", "/indicators/2/judge", "/plans/values/lock?year=2025"],
}


def test_no_page_of_values_has_a_barrier(page, sign_in, axe):
    for name, addresses in PAGES.items():
        sign_in(page, name)
        for address in addresses:
            page.goto(address)
            assert axe(page) == [], address


def test_a_table_is_pasted_and_walked_by_keyboard(page, sign_in):
    sign_in(page, "edu_liaison")
    page.goto("/plans/values?year=2025")
    cells = page.locator("tbody input[name^=numerator_]")
    first, second = (cells.nth(place).get_attribute("name") for place in range(2))
    page.evaluate(PASTE, [first, "2713\t2915\n12\t15\n"])
    assert page.input_value(f"[name={second}]") == "12"
    assert page.get_attribute(f"[name={first.replace('numerator', 'value')}]", "placeholder") == "93.1"
    page.focus(f"[name={first}]")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == second
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == first


def test_charts_are_drawn_from_the_tables_beside_them(page, sign_in):
    sign_in(page, "leader")
    page.goto("/plans/1/monitoring")
    page.wait_for_selector(".chart.is-drawn svg")
    page.locator("#monitored tbody th a").nth(1).click()
    page.wait_for_selector(".chart.is-drawn svg")
    assert page.locator("#years tbody tr").count() >= 5
