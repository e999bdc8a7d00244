/* The facts as a table: filtered, sorted, one row lit with its mark in the text. */

const FLAGS = {
  damaged: (item) => item.fact.value === undefined || item.fact.value === null || isDamaged(item),
  proved: (item) => item.fact.proved_by !== undefined && item.fact.proved_by !== null,
  disagreed: (item) => (item.fact.disagreed ?? []).length > 0,
  place: (item) => Boolean(item.fact.place),
  undecided: (item) => !item.added && !state.article.review?.verdict(item.key),
  corrected: (item) => item.added || ["changed", "rejected"].includes(state.article.review?.verdict(item.key)),
};

const SORT_KEYS = {
  id: (item) => item.span[0],
  topic: (item) => code("topic", item.fact.topic),
  label: (item) => item.fact.label,
  value: (item) => item.fact.value,
  period: (item) => item.fact.period,
  place: (item) => item.fact.place,
  status: (item) => Object.keys(INDEX.codes.status).indexOf(item.fact.status),
};

/* The facts that the filters let through, in the order of the table. A corrected fact shows as corrected. */
function shownFacts(article) {
  const view = state.facts;
  const words = view.query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const passes = (item) => {
    const fact = item.fact;
    if (view.topic && fact.topic !== view.topic) return false;
    if (view.status && fact.status !== view.status) return false;
    if (view.flag && !FLAGS[view.flag](item)) return false;
    if (words.length === 0) return true;
    const text = searchable(article, item);
    return words.every((word) => text.includes(word));
  };
  return sorted(factItems(article).filter(passes), SORT_KEYS[view.sort], view.down);
}

/* Every fact as it stands after corrections, in the order of the text. */
function factItems(article) {
  const items = article.all.filter((item) => item.kind === "fact").map((item) => article.review?.corrected(item) ?? item);
  return items.sort((a, b) => a.span[0] - b.span[0]);
}

function searchable(article, item) {
  const fact = item.fact;
  const coded = [code("topic", fact.topic), code("indicator", fact.indicator), code("status", fact.status)];
  return [fact.label, fact.place, fact.period, article.words(item), quantity(fact), digits(fact.value ?? 0), ...coded]
    .join(" ")
    .toLowerCase();
}

function factsSection(article) {
  return section("facts", t("facts"), factItems(article).length, el("div", { id: "facts-body" }, factFilters(article), factTable(article)));
}

function renderFacts() {
  const table = byId("fact-table");
  if (!table) return;
  table.replaceWith(factTable(state.article));
  markCurrent();
}

function factFilters(article) {
  const view = state.facts;
  const present = (name) => new Set(factItems(article).map((item) => item.fact[name]));
  const options = (list, name) => [["", t("all_" + name)], ...codeOptions(list).filter(([value]) => present(name).has(value))];
  const set = (name) => (value) => {
    view[name] = value;
    view.shown = 0;
    renderFacts();
  };
  const flags = Object.keys(FLAGS).filter((flag) => flag !== "undecided" || state.editing);
  return el(
    "div",
    { class: "filters", role: "search" },
    el("input", {
      type: "search",
      id: "fact-query",
      placeholder: t("search_facts"),
      "aria-label": t("search_facts"),
      value: view.query,
      oninput: (event) => set("query")(event.target.value),
    }),
    select(t("topic"), options("topic", "topic"), view.topic, set("topic"), { id: "fact-topic" }),
    select(t("status"), options("status", "status"), view.status, set("status"), { id: "fact-status" }),
    select(t("flag"), [["", t("all_flag")], ...flags.map((flag) => [flag, t("flag_" + flag)])], view.flag, set("flag"), {
      id: "fact-flag",
    }),
  );
}

function factTable(article) {
  const items = shownFacts(article);
  const total = factItems(article).length;
  const n = Math.max(state.facts.shown, ROWS_AT_ONCE);
  const columns = ["id", "topic", "label", "value", "period", "place", "status"];
  const headers = columns.map((name) => sortHeader(name, t("column_" + name), state.facts, renderFacts, { class: "c-" + name }));
  return el(
    "div",
    { id: "fact-table" },
    el("p", { class: "count", "aria-live": "polite" }, items.length === total ? "" : t("shown_of", { shown: items.length, total })),
    el(
      "table",
      { class: "rows facts" },
      el("caption", { class: "sr" }, t("facts")),
      el("thead", {}, el("tr", {}, headers, state.editing && el("th", { scope: "col" }, t("column_review")))),
      el("tbody", {}, items.slice(0, n).map((item) => factRow(article, item))),
    ),
    items.length > n && moreRows(items.length - n, () => {
      state.facts.shown = n + ROWS_AT_ONCE;
      renderFacts();
    }),
  );
}

const moreRows = (left, onclick) => button(t("more_rows", { n: left }), onclick, { class: "more" });

function factRow(article, item) {
  const fact = item.fact;
  const cell = (name, ...content) => el("td", { class: "c-" + name, data: { label: t("column_" + name) } }, content);
  const verdict = article.review?.verdict(item.key) ?? (item.added ? "added" : null);
  const open = button(item.added ? "+" : String(fact.id), () => selectItem(item.key, "table"), {
    class: "open",
    "aria-label": t("show_in_text", { id: fact.id ?? "", label: fact.label }),
  });
  return el(
    "tr",
    {
      data: { key: item.key, topic: fact.topic },
      class: verdict,
      onclick: (event) => event.target.closest("button") || selectItem(item.key, "table"),
    },
    el("th", { scope: "row", class: "c-id" }, open),
    cell("topic", el("span", { class: "chip topic", data: { topic: fact.topic } }, code("topic", fact.topic))),
    cell("label", fact.label, factFlags(item)),
    cell("value", el("span", { class: "quantity", title: fullValue(fact) }, quantity(fact))),
    cell("period", fact.period),
    cell("place", fact.place),
    cell("status", el("span", { class: "status " + fact.status }, code("status", fact.status))),
    state.editing && cell("review", reviewButtons(article, item)),
  );
}

const fullValue = (fact) =>
  fact.value === undefined || fact.value === null ? "" : `${grouped(digits(fact.value))} ${unitName(fact)}`;

function factFlags(item) {
  const found = ["damaged", "proved", "disagreed"].filter((flag) => FLAGS[flag](item));
  return found.map((flag) => el("span", { class: "flag " + flag, title: t("flag_hint_" + flag) }, t("flag_" + flag)));
}

/* All that the report says of the selected fact. */
function factDetail(article, item) {
  const fact = item.fact;
  const check = fact.proved_by !== undefined && fact.proved_by !== null ? article.report.checks[fact.proved_by] : null;
  const lines = [
    ["mention", el("q", {}, foreign(article.words(item)))],
    ["indicator", code("indicator", fact.indicator)],
    ["exact_value", fullValue(fact)],
    ["adcode", fact.adcode],
    ["span", `${item.span[0]}–${item.span[1]}`],
    ["read_by", fact.read_by && code("reader", fact.read_by)],
    ["disagreed", fact.disagreed?.length ? listing(fact.disagreed.map((name) => t("column_" + name))) : null],
    ["proved", check && `${check.rule}：${check.note}`],
  ];
  return el(
    "dl",
    { class: "detail" },
    lines.filter(([, value]) => value).map(([name, value]) => el("div", {}, el("dt", {}, t("detail_" + name)), el("dd", {}, value))),
  );
}
