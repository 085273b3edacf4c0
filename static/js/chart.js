// Draws the charts of a page from the tables beside them: whoever has no script reads the table alone.
//
// <div data-chart="years" data-table="ID">: the columns headed data-series="actual" and "planned", a row for each year.
// <div data-chart="states" data-table="ID">: the columns headed data-series="STATE" as one bar for each row.

const css = getComputedStyle(document.documentElement);
const colour = (name) => css.getPropertyValue(name).trim();
const font = () => ({
  fontFamily: getComputedStyle(document.body).fontFamily,
  fontSize: parseFloat(css.fontSize) * 0.8125,
  color: colour("--ink-2"),
});
const number = (cell) => {
  const text = cell ? cell.textContent.replace(/,/g, "").trim() : "";
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : null;
};

const columns = (table) => {
  const found = {};
  table.querySelectorAll("thead th").forEach((head, place) => {
    if (head.dataset.series) { found[head.dataset.series] = { place, name: head.textContent.trim() }; }
  });
  return found;
};

const rowsOf = (table) => [...table.querySelectorAll("tbody tr")].filter((row) => row.cells.length > 1);

function years(box, table) {
  const of = columns(table);
  const rows = rowsOf(table);
  const text = font();
  const places = Number(box.dataset.decimals);
  const actual = rows.map((row) => number(row.cells[of.actual.place]));
  const planned = rows.map((row) => number(row.cells[of.planned.place]));
  if (![...actual, ...planned].some((value) => value !== null)) { return null; }
  const last = actual.reduce((at, value, place) => (value === null ? at : place), -1);
  return {
    animation: false,
    textStyle: text,
    grid: { left: 8, right: 76, top: 24, bottom: 8, containLabel: true },
    tooltip: { trigger: "axis", renderMode: "richText", textStyle: { fontSize: text.fontSize } },
    xAxis: {
      type: "category",
      data: rows.map((row) => row.cells[0].textContent.trim().replace("年", "")),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: colour("--line-3") } },
      axisLabel: text,
    },
    yAxis: { type: "value", scale: true, axisLabel: text, splitLine: { lineStyle: { color: colour("--line") } } },
    series: [
      {
        name: of.planned.name, type: "line", data: planned, connectNulls: true,
        symbol: "emptyDiamond", symbolSize: 9, color: colour("--ink-3"), lineStyle: { type: "dashed", width: 1.5 },
        endLabel: { show: true, formatter: of.planned.name, color: colour("--ink-2"), fontSize: text.fontSize },
      },
      {
        name: of.actual.name, type: "line",
        // A value below its milestone is labelled below, so that the line of the milestones stays readable;
        // a zero stands on the axis and is labelled above.
        data: actual.map((value, place) => (value !== null && planned[place] !== null && value !== 0 && value < planned[place]
          ? { value, label: { position: "bottom", offset: [0, 0] } } : value)),
        symbol: "circle", symbolSize: 8,
        color: colour("--blue"), lineStyle: { width: 2.5 },
        label: {
          show: true, position: "top", fontSize: text.fontSize, color: colour("--ink"),
          rich: { on: { color: colour("--blue"), fontWeight: 600, fontSize: text.fontSize } },
          formatter: (point) => {
            if (point.value === null || point.value === undefined) { return ""; }
            return (point.dataIndex === last ? `{on|${of.actual.name}} ` : "") + point.value.toFixed(places);
          },
        },
      },
    ],
  };
}

// Each state has a pattern of its own beside its colour, so that a copy in black and white can be read.
const PATTERNS = {
  met: ["--blue", null],
  on_course: ["--ok", { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: 0.8 }],
  nearly_met: ["--warn", { symbol: "circle", dashArrayX: [[5, 5], [0, 5, 5, 0]], dashArrayY: [5, 0] }],
  missed: ["--late", { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [3, 3], rotation: -0.8 }],
  no_value: ["--line-3", { symbol: "rect", dashArrayX: [2, 4], dashArrayY: [6, 0] }],
  apart: ["--line-2", null],
};

function states(box, table) {
  const of = columns(table);
  const rows = rowsOf(table);
  const text = font();
  const names = Object.keys(of);
  if (!rows.length) { return null; }
  box.classList.add("chart-bars");
  box.style.height = `${rows.length * 2.1 + 4}rem`;
  return {
    animation: false,
    textStyle: text,
    grid: { left: 8, right: 24, top: 32, bottom: 8, containLabel: true },
    legend: { top: 0, left: 0, itemWidth: 18, itemHeight: 12, textStyle: text, selectedMode: false },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, renderMode: "richText", textStyle: { fontSize: text.fontSize } },
    xAxis: { type: "value", minInterval: 1, axisLabel: text, splitLine: { lineStyle: { color: colour("--line") } } },
    yAxis: {
      type: "category", inverse: true, data: rows.map((row) => row.cells[0].textContent.trim()),
      axisTick: { show: false }, axisLine: { lineStyle: { color: colour("--line-3") } }, axisLabel: text,
    },
    series: names.map((name) => ({
      name: of[name].name,
      type: "bar",
      stack: "all",
      barMaxWidth: 18,
      color: colour(PATTERNS[name][0]),
      itemStyle: { borderColor: "#fff", borderWidth: 1, decal: PATTERNS[name][1] ? { ...PATTERNS[name][1], color: "rgba(255,255,255,.55)" } : null },
      data: rows.map((row) => number(row.cells[of[name].place]) || null),
      label: { show: true, color: name === "apart" ? colour("--ink") : "#fff", fontSize: text.fontSize, fontWeight: 600, textBorderColor: name === "apart" ? "transparent" : colour(PATTERNS[name][0]), textBorderWidth: 2 },
    })),
  };
}

const DRAWN = { years, states };
document.querySelectorAll("[data-chart]").forEach((box) => {
  const table = document.getElementById(box.dataset.table);
  if (!table || !window.echarts) { return; }
  const option = DRAWN[box.dataset.chart](box, table);
  if (!option) { return; }
  box.classList.add("is-drawn");
  const chart = window.echarts.init(box, null, { renderer: "svg" });
  chart.setOption(option);
  window.addEventListener("resize", () => chart.resize());
});
