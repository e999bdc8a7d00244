/* The report pane: what went wrong first, then figures, facts, measures, events, cases, and the account. */

function reportPane(article) {
  const content = article.report ? reportContent(article) : [outcomeNotice(article.row)];
  return el(
    "section",
    { class: "pane report", id: "report-pane", "aria-labelledby": "report-title", tabindex: "0" },
    content,
  );
}

function outcomeNotice(row) {
  const reason = row.outcome === "skipped" ? code("skip", row.reason) : row.error ? code("failure", row.error) : "";
  return el(
    "div",
    { class: "notice " + row.outcome },
    el("h2", { id: "report-title" }, `${t("outcome_" + row.outcome)}${reason ? " · " + reason : ""}`),
    el("p", {}, row.text ?? row.message),
    row.hint && el("p", {}, row.hint),
  );
}

function reportContent(article) {
  const report = article.report;
  const sections = [
    factsSection(article),
    listSection("measures", report.measures, measureItem),
    timeline(article),
    casesSection(article),
    namesSection(article),
    checksSection(article),
    damageSection(article),
    accountSection(article),
    provenanceSection(report),
  ].filter(Boolean);
  return [
    state.editing && reviewBar(article),
    heading(report),
    warnings(article),
    cards(article),
    sectionNav(sections),
    sections,
  ];
}

function section(name, title, count, ...content) {
  return el(
    "section",
    { class: "part", id: "part-" + name, "aria-labelledby": "title-" + name, data: { title, count: count ?? "" } },
    el("h3", { id: "title-" + name }, title, count !== null && el("span", { class: "n" }, count)),
    content,
  );
}

/* Buttons, not links: the address of the page is the article's. */
function sectionNav(sections) {
  const jump = (name) => () => byId(name).scrollIntoView();
  return el(
    "nav",
    { class: "parts", "aria-label": t("parts") },
    sections.map((one) => button([one.dataset.title, el("span", { class: "n" }, one.dataset.count)], jump(one.id))),
  );
}

function heading(report) {
  const { document: doc, subject } = report;
  const within = [subject.province, subject.prefecture].filter((place) => place && place !== subject.name);
  const meta = [
    ["title", doc.title],
    ["publisher", doc.publisher],
    ["authors", doc.authors?.length ? listing(doc.authors) : null],
    ["published", doc.published],
    ["reference_year", doc.reference_year && [doc.reference_year, doc.reference_year_basis && code("basis", doc.reference_year_basis)].filter(Boolean).join(" · ")],
    ["path", doc.path],
  ];
  return el(
    "header",
    { class: "subject" },
    within.length > 0 && el("p", { class: "within" }, within.join(" · ")),
    el("h2", { id: "report-title" }, subject.name ?? t("no_subject"), subject.level && el("span", { class: "level" }, code("level", subject.level))),
    subject.reason && el("p", { class: "why" }, subject.reason),
    subject.choices?.length > 0 && el("p", { class: "why" }, t("choices", { names: listing(subject.choices.map((one) => `${one.name}（${one.adcode}）`)) })),
    report.headline && el("p", { class: "headline" }, report.headline),
    report.summary && report.summary !== report.headline && el("p", { class: "summary" }, report.summary),
    el("dl", { class: "meta" }, meta.filter(([, value]) => value).map(([name, value]) => el("div", {}, el("dt", {}, t("meta_" + name)), el("dd", {}, value)))),
  );
}

/* What did not go well, each with a way to see where. */
function warnings(article) {
  const { report, items } = article;
  const of = (kind) => markable(article).filter((item) => item.kind === kind);
  const lost = items.filter((item) => item.kind === "fact" && (item.fact.value === undefined || item.fact.value === null));
  const refuted = report.checks.filter((check) => !check.holds);
  const degraded = items.filter((item) => item.kind === "section" && report.provenance.degraded.includes(Number(item.key.slice(1))));
  const go = (found) => () => selectNext(found);
  const jump = (name) => () => byId("part-" + name).scrollIntoView();
  const lines = [
    [article.missing, () => t("missing_" + article.missing), null],
    [refuted.length, () => t("warn_refuted", { n: refuted.length }), jump("checks"), "bad"],
    [of("unread").length, () => t("warn_unread", { n: of("unread").length }), go(of("unread")), "bad"],
    [lost.length, () => t("warn_lost", { n: lost.length }), go(lost), "bad"],
    [degraded.length, () => t("warn_degraded", { n: degraded.length }), go(degraded)],
    [report.provenance.dropped.length, () => t("warn_dropped", { n: report.provenance.dropped.length }), jump("provenance")],
    [!report.document.complete, () => t("warn_incomplete"), null],
    [report.document.corrupted, () => t("warn_corrupted", { n: report.document.n_annotations }), () => setTextMode("beside")],
  ].filter(([holds]) => holds);
  if (lines.length === 0) return el("p", { class: "allwell" }, t("all_well", { n: report.coverage.total }));
  return el(
    "ul",
    { class: "warnings", "aria-label": t("warnings") },
    lines.map(([, text, onclick, kind]) => el("li", { class: kind ?? null }, onclick ? button(text(), onclick) : el("span", {}, text()))),
  );
}

function setTextMode(mode) {
  state.mode = mode;
  showPane("text");
  renderText();
}

/* The subject's own figures. Of an indicator with many, the first is large and the others stand under it. */
function cards(article) {
  const figures = Object.entries(article.report.figures);
  if (figures.length === 0) return null;
  return el(
    "section",
    { class: "cards", "aria-label": t("figures") },
    figures.map(([indicator, ids]) => card(article, indicator, ids.map((id) => article.facts.get(id)))),
  );
}

const CARD_LINES = 4;

function card(article, indicator, items) {
  const [first, ...rest] = items.map((item) => article.review?.corrected(item) ?? item);
  const line = (item, name) =>
    el(
      "button",
      { type: "button", class: name, data: { key: item.key }, onclick: () => selectItem(item.key, "report"), title: item.fact.label },
      el("span", { class: "quantity" }, quantity(item.fact)),
      el("span", { class: "what" }, item.fact.label),
      item.fact.period && el("span", { class: "when" }, item.fact.period),
    );
  return el(
    "div",
    { class: "card", data: { topic: first.fact.topic } },
    el("h3", {}, code("indicator", indicator)),
    line(first, "first"),
    rest.slice(0, CARD_LINES - 1).map((item) => line(item, "other")),
    rest.length >= CARD_LINES && el("p", { class: "rest" }, t("and_more", { n: rest.length - CARD_LINES + 1 })),
  );
}

/* An entry whose evidence is shown by a press on its head. */
function evidenceButton(key, ...content) {
  return el("button", { type: "button", class: "evidence", data: { key }, onclick: () => selectItem(key, "report") }, content);
}

/* The facts an entry refers to, as buttons. */
function factLinks(ids) {
  const items = ids.map((id) => state.article.facts.get(id));
  return (
    items.length > 0 &&
    el("p", { class: "links" }, items.map((item) => button(quantity(item.fact), () => selectItem(item.key, "report"), { class: "link", data: { key: item.key }, title: item.fact.label })))
  );
}

function listSection(name, entries, itemOf) {
  if (entries.length === 0) return null;
  return section(name, t(name), entries.length, el("ul", { class: "entries " + name }, entries.map(itemOf)));
}

function measureItem(measure, i) {
  return el(
    "li",
    { data: { topic: measure.topic } },
    evidenceButton("m" + i, el("span", { class: "chip topic", data: { topic: measure.topic } }, code("topic", measure.topic)), el("strong", {}, measure.title), measure.status !== "achieved" && el("span", { class: "status " + measure.status }, code("status", measure.status))),
    measure.summary && el("p", {}, measure.summary),
    factLinks(measure.facts),
  );
}

/* Entries of a kind as corrected: the report's own, with those that were added. */
const entriesOf = (article, kind) => article.all.filter((item) => item.kind === kind);

const isDropped = (article, item) => article.review?.verdict(item.key) === "rejected";

const dropButton = (article, item) =>
  state.editing && article.review && reviewButtons(article, item);

function timeline(article) {
  const items = sorted(entriesOf(article, "milestone"), (item) => item.data.date, false);
  if (items.length === 0) return null;
  return section("milestones", t("milestones"), items.length, el("ol", { class: "timeline" }, items.map((item) => milestoneItem(article, item))));
}

function milestoneItem(article, item) {
  const { data } = item;
  return el(
    "li",
    { class: isDropped(article, item) ? "rejected" : null },
    evidenceButton(item.key, el("time", {}, data.date), el("span", { class: "chip" }, code("event", data.event)), data.place && el("span", { class: "place" }, data.place)),
    el("p", {}, data.text ?? article.words(item)),
    dropButton(article, item),
  );
}

function casesSection(article) {
  const items = entriesOf(article, "case");
  if (items.length === 0) return null;
  const caseItem = (item) =>
    el(
      "li",
      { class: isDropped(article, item) ? "rejected" : null },
      evidenceButton(item.key, el("strong", {}, item.data.person), item.data.place && el("span", { class: "place" }, item.data.place)),
      item.data.summary && el("p", {}, item.data.summary),
      factLinks(item.data.facts ?? []),
      dropButton(article, item),
    );
  return section("cases", t("cases"), items.length, el("ul", { class: "entries cases" }, items.map(caseItem)));
}

function namesSection(article) {
  const [designations, partners] = [entriesOf(article, "designation"), entriesOf(article, "partner")];
  if (designations.length + partners.length === 0) return null;
  const group = (title, items) =>
    items.length > 0 && [
      el("h4", {}, title),
      el("ul", { class: "names" }, items.map((item) =>
        el("li", { class: isDropped(article, item) ? "rejected" : null }, evidenceButton(item.key, item.data.name ?? item.data.text), dropButton(article, item)))),
    ];
  return section("names", t("names"), designations.length + partners.length, group(t("designations"), designations), group(t("partners"), partners));
}

/* Checks that fail come first. */
function checksSection(article) {
  const { report } = article;
  if (report.checks.length === 0) return null;
  const numbered = sorted(report.checks.map((check, i) => ({ check, i })), ({ check }) => Number(check.holds), false);
  const refuted = report.checks.filter((check) => !check.holds).length;
  const item = ({ check, i }) =>
    el(
      "li",
      { class: (check.holds ? "holds" : "fails") + (isWithdrawn(article, i) ? " rejected" : ""), data: { check: i } },
      el("p", {}, el("span", { class: "verdict" }, check.holds ? `✓ ${t("holds")}` : `✗ ${t("fails")}`), el("strong", {}, check.rule), " ", check.note),
      el("p", { class: "sums" }, t("check_sums", { expected: figure(check.expected), stated: check.stated === undefined || check.stated === null ? t("not_stated") : figure(check.stated), tolerance: figure(check.tolerance) })),
      factLinks(check.facts),
      state.editing && article.review && el("span", { class: "reviews" }, withdrawButton(article, i)),
    );
  return section("checks", t("checks"), refuted ? t("n_fail", { n: refuted, total: report.checks.length }) : report.checks.length, el("ul", { class: "entries checks" }, numbered.map(item)));
}

/* A check has no place in the text: it is known by its number. */
const checkKey = (i) => "check" + i;

const isWithdrawn = (article, i) => article.review?.verdict(checkKey(i)) === "rejected";

function withdrawButton(article, i) {
  const withdrawn = isWithdrawn(article, i);
  const toggle = () => afterEdit(() => article.review.decide(checkKey(i), { verdict: withdrawn ? null : "rejected" }));
  return button("✗", toggle, { class: "review rejected", "aria-pressed": String(withdrawn), "aria-label": t("review_check"), title: t("review_check") });
}

function damageSection(article) {
  const items = entriesOf(article, "damage");
  if (items.length === 0) return null;
  const item = (one) =>
    el(
      "li",
      { class: isDropped(article, one) ? "rejected" : "lost-" + one.data.lost },
      evidenceButton(one.key, el("span", { class: "chip" }, code("lost", one.data.lost)), el("span", { class: "kind" }, code("damage", one.data.kind))),
      el("p", {}, article.raw && [el("del", {}, foreign(article.words(one))), " → "], el("ins", {}, one.data.restored)),
      dropButton(article, one),
    );
  return section("damage", t("damage"), items.length, el("ul", { class: "entries damage" }, items.map(item)));
}

/* Every number of the article, by what became of it. */
function accountSection(article) {
  const { coverage } = article.report;
  const bar = [["fact", coverage.facts], ["aside", coverage.set_aside.length], ["unread", coverage.unread]].filter(([, n]) => n > 0);
  const rest = article.all.filter((item) => item.kind === "aside" || item.kind === "unread").sort((a, b) => a.span[0] - b.span[0]);
  return section(
    "account",
    t("account"),
    coverage.total,
    el("div", { class: "share", "aria-hidden": "true" }, bar.map(([kind, n]) => {
      const part = el("span", { class: kind });
      part.style.setProperty("flex-grow", n);
      return part;
    })),
    el("p", {}, bar.map(([kind, n]) => el("span", { class: "sum" }, el("span", { class: "key " + kind, "aria-hidden": "true" }), `${t("kind_" + kind)} ${n}`)), el("span", { class: "verdict" }, coverage.verdict)),
    rest.length > 0 && restTable(article, rest),
  );
}

/* The numbers that are no facts. */
function restTable(article, items) {
  const row = (item) =>
    el(
      "tr",
      { data: { key: item.key }, class: item.kind + (isDropped(article, item) ? " rejected" : "") + (item.added ? " added" : "") },
      el("th", { scope: "row" }, button(article.words(item) || `${item.span[0]}–${item.span[1]}`, () => selectItem(item.key, "report"), { class: "open" })),
      el("td", {}, item.kind === "unread" ? el("strong", {}, t("kind_unread")) : code("reason", item.data.reason)),
      state.editing && el("td", {}, restButtons(article, item)),
    );
  return el(
    "details",
    { open: state.editing || items.some((item) => item.kind === "unread") },
    el("summary", {}, t("rest_of_numbers", { n: items.length })),
    el(
      "table",
      { class: "rows rest" },
      el("caption", { class: "sr" }, t("rest_of_numbers", { n: items.length })),
      el("thead", {}, el("tr", {}, ["number", "reason"].map((name) => el("th", { scope: "col" }, t("column_" + name))), state.editing && el("th", { scope: "col" }, t("column_review")))),
      el("tbody", {}, items.map(row)),
    ),
  );
}

function provenanceSection(report) {
  const made = report.provenance;
  const lines = [
    ["reader", made.reader === "model" ? `${code("reader", "model")} ${made.model ?? ""}` : code("reader", made.reader)],
    ["calls", made.calls > 0 ? t("calls", { calls: made.calls, attempts: made.attempts, input: figure(made.tokens.input), output: figure(made.tokens.output) }) : null],
    ["cost", made.cost === undefined || made.cost === null ? null : `${digits(made.cost)} USD`],
    ["seconds", `${digits(made.seconds)} s`],
    ["version", made.package_version],
    ["fingerprints", [made.fingerprints.prompt, made.fingerprints.schema, made.fingerprints.rules].filter(Boolean).join(" · ")],
    ["degraded", made.degraded.length ? listing(made.degraded.map((i) => sectionName(report.sections[i]))) : null],
  ];
  return section(
    "provenance",
    t("provenance"),
    null,
    el("dl", { class: "meta" }, lines.filter(([, value]) => value).map(([name, value]) => el("div", {}, el("dt", {}, t("made_" + name)), el("dd", {}, value)))),
    made.dropped.length > 0 && [
      el("h4", {}, t("dropped", { n: made.dropped.length })),
      el("ul", { class: "entries dropped" }, made.dropped.map((one) => el("li", {}, el("del", {}, one.text), el("p", {}, `${one.field}: ${one.reason}`)))),
    ],
  );
}

const sectionName = (one) => one.heading ?? code("topic", one.topic);
