/* The folder: its articles in a table, the counties' figures over the years, articles that contradict one another. */

const FOLDER_KEYS = {
  n: (row) => row.n,
  title: (row) => nameOf(row),
  outcome: (row) => row.outcome,
  county: (row) => row.county,
  year: (row) => row.year,
  facts: (row) => row.facts,
  checks: (row) => (row.checks === undefined ? null : row.refuted * 1000 + row.checks),
  damage: (row) => (row.damage === undefined ? null : row.lost * 1000 + row.damage),
  unread: (row) => row.unread,
};

function folderView() {
  return [
    el("h1", { class: "sr" }, t("folder_of", { name: INDEX.about.folder })),
    totals(),
    contradictionList(),
    el("section", { class: "part", "aria-labelledby": "articles-title" }, el("h2", { id: "articles-title" }, t("articles"), el("span", { class: "n" }, INDEX.rows.length)), folderFilters(), folderTable()),
    matrix(),
  ];
}

const sum = (name) => INDEX.rows.reduce((total, row) => total + (row[name] ?? 0), 0);

function totals() {
  const count = (outcome) => INDEX.rows.filter((row) => row.outcome === outcome).length;
  const by = (name) => () => {
    Object.assign(state.folder, { sort: name, down: true, shown: 0 });
    renderFolderTable();
  };
  const only = (outcome) => () => {
    Object.assign(state.folder, { outcome: state.folder.outcome === outcome ? "" : outcome, shown: 0 });
    render();
  };
  const tiles = [
    ["outcome_reported", count("reported"), only("reported")],
    ["outcome_skipped", count("skipped"), only("skipped")],
    ["outcome_failed", count("failed"), only("failed"), "bad"],
    ["facts", sum("facts"), by("facts")],
    ["refuted", sum("refuted"), by("checks"), "bad"],
    ["contradictions", INDEX.contradictions.length, () => byId("contradictions")?.scrollIntoView(), "bad"],
    ["lost", sum("lost"), by("damage"), "bad"],
    ["unread", sum("unread"), by("unread"), "bad"],
  ];
  return el(
    "section",
    { class: "totals", "aria-label": t("totals") },
    tiles.map(([name, n, onclick, kind]) =>
      button([el("strong", {}, figure(n)), el("span", {}, t("total_" + name))], onclick, { class: `tile ${n > 0 && kind ? kind : ""}`, data: { total: name } }),
    ),
  );
}

function folderFilters() {
  const view = state.folder;
  const set = (name) => (value) => {
    view[name] = value;
    view.shown = 0;
    renderFolderTable();
  };
  const years = [...new Set(INDEX.rows.map((row) => row.year).filter(Boolean))].sort().map((year) => [String(year), String(year)]);
  const outcomes = ["reported", "skipped", "failed"].map((outcome) => [outcome, t("outcome_" + outcome)]);
  return el(
    "div",
    { class: "filters", role: "search" },
    el("input", { type: "search", id: "folder-query", placeholder: t("search_folder"), "aria-label": t("search_folder"), value: view.query, oninput: (event) => set("query")(event.target.value) }),
    select(t("column_outcome"), [["", t("all_outcome")], ...outcomes], view.outcome, set("outcome"), { id: "folder-outcome" }),
    select(t("column_year"), [["", t("all_year")], ...years], view.year, set("year"), { id: "folder-year" }),
  );
}

function shownRows() {
  const view = state.folder;
  const words = view.query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const passes = (row) => {
    if (view.outcome && row.outcome !== view.outcome) return false;
    if (view.year && String(row.year) !== view.year) return false;
    const text = [row.name, row.title, row.county, ...(row.within ?? []), row.headline, row.words, row.text].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return sorted(INDEX.rows.filter(passes), FOLDER_KEYS[view.sort], view.down);
}

function renderFolderTable() {
  byId("folder-table")?.replaceWith(folderTable());
}

function folderTable() {
  const rows = shownRows();
  const n = Math.max(state.folder.shown, ROWS_AT_ONCE);
  const headers = Object.keys(FOLDER_KEYS).filter((name) => name !== "n");
  return el(
    "div",
    { id: "folder-table", class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "articles-title" },
    el("p", { class: "count", "aria-live": "polite" }, rows.length === INDEX.rows.length ? "" : t("shown_of", { shown: rows.length, total: INDEX.rows.length })),
    el(
      "table",
      { class: "rows articles" },
      el("caption", { class: "sr" }, t("articles")),
      el("thead", {}, el("tr", {}, headers.map((name) => sortHeader(name, t("column_" + name), state.folder, renderFolderTable)))),
      el("tbody", {}, rows.slice(0, n).map(folderRow)),
    ),
    rows.length > n && moreRows(rows.length - n, () => {
      state.folder.shown = n + ROWS_AT_ONCE;
      renderFolderTable();
    }),
  );
}

/* Where an article is: in this file, or in a volume beside it. */
const addressOf = (n, fact) => {
  const route = `#/a/${n}` + (fact ? `/f${fact}` : "");
  if (byId("article-" + n)) return route;
  const volume = INDEX.rows.find((row) => row.n === n)?.volume;
  return volume ? `${INDEX.about.home ? "" : "page/"}${volume}${route}` : INDEX.about.home + route;
};

function folderRow(row) {
  const cell = (name, ...content) => el("td", { data: { label: t("column_" + name) }, class: "c-" + name }, content);
  const why = row.outcome === "skipped" ? code("skip", row.reason) : row.error ? code("failure", row.error) : null;
  return el(
    "tr",
    { class: row.outcome, data: { n: row.n } },
    el("th", { scope: "row", class: "c-title" }, el("a", { href: addressOf(row.n) }, nameOf(row)), el("span", { class: "path" }, row.name), row.missing && el("span", { class: "flag damaged" }, t("short_missing_" + row.missing))),
    cell("outcome", el("span", { class: "status " + row.outcome }, t("outcome_" + row.outcome)), why && el("span", { class: "why", title: row.text ?? row.message }, why)),
    cell("county", row.county ?? (row.why && el("span", { class: "why", title: row.why }, t("no_subject"))), row.within?.length > 0 && el("span", { class: "path" }, row.within.join(" "))),
    cell("year", row.year),
    cell("facts", row.facts),
    cell("checks", row.checks, row.refuted > 0 && el("span", { class: "flag damaged" }, t("short_refuted", { n: row.refuted }))),
    cell("damage", row.damage, row.lost > 0 && el("span", { class: "flag damaged" }, t("short_lost", { n: row.lost }))),
    cell("unread", row.unread > 0 ? el("span", { class: "flag damaged" }, row.unread) : row.unread, row.degraded > 0 && el("span", { class: "flag" }, t("short_degraded", { n: row.degraded }))),
  );
}

/* A point is `[indicator, period, value, unit, article, fact, label]`. */
const pointOf = ([indicator, period, value, unit, article, fact, label]) => ({ indicator, period, value, unit, article, fact, label });

const DEFAULT_COLUMNS = ["poverty_rate", "registered_households", "registered_persons", "lifted_persons", "remaining_persons", "poor_villages"];

function matrix() {
  if (INDEX.places.length === 0) return null;
  const places = INDEX.places.map((place) => ({ ...place, points: place.points.map(pointOf) }));
  const present = new Set(places.flatMap((place) => place.points.map((point) => point.indicator)));
  const columns = (state.folder.columns ?? DEFAULT_COLUMNS).filter((name) => present.has(name));
  const others = codeOptions("indicator").filter(([name]) => present.has(name) && !columns.includes(name));
  const add = (name) => {
    state.folder.columns = [...columns, name];
    byId("matrix").replaceWith(matrix());
  };
  const n = Math.max(state.folder.places ?? 0, ROWS_AT_ONCE);
  return el(
    "section",
    { class: "part", id: "matrix", "aria-labelledby": "matrix-title" },
    el("h2", { id: "matrix-title" }, t("places"), el("span", { class: "n" }, places.length)),
    others.length > 0 && el("div", { class: "filters" }, select(t("add_indicator"), [["", t("add_indicator")], ...others], "", add, { id: "add-indicator" })),
    el(
      "div",
      { class: "scroll", tabindex: "0", role: "region", "aria-labelledby": "matrix-title" },
      el(
        "table",
        { class: "rows matrix" },
        el("caption", { class: "sr" }, t("places")),
        el("thead", {}, el("tr", {}, el("th", { scope: "col" }, t("column_county")), columns.map((name) => el("th", { scope: "col" }, code("indicator", name))))),
        el("tbody", {}, sorted(places, (place) => place.name, false).slice(0, n).map((place) => matrixRow(place, columns))),
      ),
    ),
    places.length > n && moreRows(places.length - n, () => {
      state.folder.places = n + ROWS_AT_ONCE;
      byId("matrix").replaceWith(matrix());
    }),
  );
}

function matrixRow(place, columns) {
  return el(
    "tr",
    { data: { place: place.key } },
    el("th", { scope: "row" }, place.name),
    columns.map((indicator) => el("td", { data: { label: code("indicator", indicator) } }, matrixCell(place, place.points.filter((point) => point.indicator === indicator)))),
  );
}

/* Points of one unit, oldest first: the unit that most of them have. */
function seriesOf(points) {
  const units = new Map();
  for (const point of points) units.set(point.unit, (units.get(point.unit) ?? 0) + 1);
  const [unit] = [...units].sort((a, b) => b[1] - a[1])[0];
  return sorted(points.filter((point) => point.unit === unit), (point) => point.period, false);
}

const pointText = (point) => quantity({ ...point, qualifier: "exact" });

const dotsOf = (points) => points.filter((point) => point.period).map((point) => ({ x: yearOf(point.period), y: point.value, name: point.period, text: figure(point.value) }));

function matrixCell(place, points) {
  if (points.length === 0) return null;
  const series = seriesOf(points);
  const dated = series.filter((point) => point.period);
  const last = dated.at(-1) ?? series.at(-1);
  const dots = dotsOf(series);
  const open = () => openSeries(place, last.indicator, points);
  return el(
    "button",
    { type: "button", class: "cell", onclick: open },
    el("span", { class: "sr" }, `${place.name} ${code("indicator", last.indicator)} `),
    new Set(dots.map((dot) => dot.x)).size > 1 && sparkline(dots),
    el("span", { class: "quantity" }, pointText(last)),
    el("span", { class: "when" }, last.period, points.length > 1 && ` · ${t("n_figures", { n: points.length })}`),
  );
}

/* One county's indicator: a chart, and every figure with its article. */
function openSeries(place, indicator, points) {
  const dots = dotsOf(seriesOf(points));
  const title = `${place.name} · ${code("indicator", indicator)}`;
  const row = (point) =>
    el("tr", {}, el("th", { scope: "row" }, point.period ?? "—"), el("td", {}, pointText(point)), el("td", {}, point.label), el("td", {}, articleLink(point)));
  openDialog(title, [
    dots.length > 1 && lineChart(dots, title),
    el("table", { class: "rows" }, el("thead", {}, el("tr", {}, ["period", "value", "label", "title"].map((name) => el("th", { scope: "col" }, t("column_" + name))))), el("tbody", {}, sorted(points, (point) => point.period, true).map(row))),
  ]);
}

function articleLink(point) {
  const row = INDEX.rows.find((one) => one.n === point.article);
  return el("a", { href: addressOf(point.article, point.fact), onclick: () => byId("dialog").close() }, nameOf(row));
}

function contradictionList() {
  if (INDEX.contradictions.length === 0) return null;
  const item = (found) =>
    el(
      "li",
      {},
      el("p", {}, el("strong", {}, found.place), ` ${code("indicator", found.indicator)} ${found.period}`),
      el("ul", {}, found.points.map(pointOf).map((point) => el("li", {}, el("span", { class: "quantity" }, pointText(point)), ` ${point.label} — `, articleLink(point)))),
    );
  return el(
    "section",
    { class: "part contradictions", id: "contradictions", "aria-labelledby": "contradictions-title" },
    el("h2", { id: "contradictions-title" }, t("contradictions"), el("span", { class: "n" }, INDEX.contradictions.length)),
    el("p", { class: "hint" }, t("contradictions_hint")),
    el("ul", { class: "entries" }, INDEX.contradictions.map(item)),
  );
}
