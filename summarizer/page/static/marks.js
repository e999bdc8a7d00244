/* One article in the browser: its report, its text, and everything that has a place in it. */

const NUMBERS = new Set(["fact", "aside", "unread"]);

/* Lists of a report whose entries have a span, with the letter that their keys begin with. */
const LISTS = [
  ["measures", "measure", "m"],
  ["milestones", "milestone", "e"],
  ["cases", "case", "c"],
  ["partners", "partner", "p"],
  ["designations", "designation", "g"],
  ["damage", "damage", "d"],
  ["sections", "section", "x"],
];

class Opened {
  constructor(row, payload) {
    this.row = row;
    this.report = payload.report ?? null;
    this.missing = payload.missing ?? null;
    this.steps = payload.steps ?? [];
    this.raw = payload.raw === undefined ? null : new Points(payload.raw);
    this.clean = this.raw && new Points(payload.clean);
    this.alignment = this.raw && new Alignment(payload.runs);
    this.repairs = this.raw ? this.alignment.repairs(this.raw, this.clean) : [];
    this.items = this.report ? itemsOf(this.report) : [];
    this.facts = new Map(this.items.filter((item) => item.kind === "fact").map((item) => [item.fact.id, item]));
    this.review = this.report && this.raw ? Review.of(this) : null;
  }

  /* Every item as corrected: the report's own, then what was added. */
  get all() {
    return this.review ? [...this.items, ...this.review.added] : this.items;
  }

  item(key) {
    return this.all.find((item) => item.key === key) ?? null;
  }

  /* The repaired text of a raw span. */
  cleanText([start, end]) {
    return this.clean.slice(...this.alignment.toClean(start, end)).replaceAll(LOST, "?");
  }

  /* The words of an item as they stand in the article. */
  words(item) {
    return item.fact?.mention ?? (this.raw ? this.raw.slice(...item.span) : item.data?.text ?? "");
  }
}

function itemsOf(report) {
  const items = report.facts.map((fact) => ({ key: "f" + fact.id, kind: "fact", span: fact.span, fact }));
  const put = (list, kind, letter) => {
    list.forEach((data, i) => items.push({ key: letter + i, kind, span: data.span, data }));
  };
  put(report.coverage.set_aside, "aside", "s");
  put(report.coverage.unread_spans.map((span) => ({ span })), "unread", "u");
  for (const [name, kind, letter] of LISTS) put(report[name], kind, letter);
  return items;
}

/* The articles of this file stand in the page as JSON and are parsed when they are opened. */
function openArticle(n) {
  const element = byId("article-" + n);
  const row = INDEX.rows.find((one) => one.n === n);
  return element && row ? new Opened(row, JSON.parse(element.textContent)) : null;
}
