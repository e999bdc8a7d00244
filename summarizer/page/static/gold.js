/* Corrections as a label file: the form of the labelling guide, which `python -m evals adopt` takes. */

const FACT_FIELDS = ["value", "upper", "unit", "counted", "qualifier", "per", "label", "topic", "indicator", "place", "status", "period"];
const DOCUMENT_FIELDS = ["title", "publisher", "authors", "published", "reference_year", "complete", "script", "corrupted"];
const SUBJECT_FIELDS = ["name", "level", "province", "prefecture"];
const ABSENT = { qualifier: "exact", per: [], authors: [] };

const pick = (source, names) => Object.fromEntries(names.map((name) => [name, source[name] ?? ABSENT[name] ?? null]));

/* The label file of an article as corrected, and what keeps it from being adopted: `{text, span}` each. */
function goldOf(article) {
  const { report, review, raw } = article;
  const text = new Quotes(raw);
  const problems = [];
  const kept = (kind) => entriesOf(article, kind).filter((item) => !isDropped(article, item)).sort((a, b) => a.span[0] - b.span[0]);
  const quoted = (item, fields) => ({ ...fields, quote: raw.slice(...item.span), span: item.span });
  const facts = factItems(article).filter((item) => !isDropped(article, item)).map((item) => goldFact(item, text, problems));
  const damage = kept("damage").map((item) => quoted(item, pick(item.data, ["restored", "lost"])));
  const traps = goldTraps(asides(article), facts, text, problems);
  problems.push(...unlabelled(raw, [...facts, ...damage, ...traps.flatMap((trap) => trap.spans.map((span) => ({ span })))]));
  problems.push(...overlapping(facts));
  const skip = review.about.outcome;
  const gold = {
    article: baseName(report.document.path),
    document: pick({ ...report.document, ...review.about.document }, DOCUMENT_FIELDS),
    subject: pick({ ...report.subject, ...review.about.subject }, SUBJECT_FIELDS),
    designations: kept("designation").map((item) => item.data.text),
    facts,
    milestones: kept("milestone").map((item) => quoted(item, pick(item.data, ["date", "event", "place"]))),
    cases: kept("case").map((item) => quoted(item, pick(item.data, ["person", "place"]))),
    partners: kept("partner").map((item) => item.data.name),
    checks: report.checks.filter((_, i) => !isWithdrawn(article, i)).map((check) => ({ rule: `${check.rule}: ${check.note}`, holds: check.holds })),
    damage,
    traps,
    source: pick(report.document, ["path", "sha256", "encoding"]),
    ...(skip ? { outcome: { outcome: "skipped", reason: skip } } : {}),
  };
  return { gold, problems: skip ? [] : problems };
}

function goldFact(item, text, problems) {
  const { span } = item;
  const quote = text.around(span);
  if (quote === null) problems.push({ text: t("problem_quote"), span });
  const fact = pick(item.fact, FACT_FIELDS);
  if ((fact.unit === "count") !== (fact.counted !== null)) problems.push({ text: t("problem_counted"), span });
  return { span, number_at: item.fact.number_at ?? span[0], quote: quote ?? "", mention: text.points.slice(...span), ...fact };
}

/* Numbers that are no facts, as corrected. */
function asides(article) {
  return article.all
    .map((item) => article.review.shown(item))
    .filter((item) => item !== null && item.kind === "aside")
    .map((item) => ({ span: item.span, reason: item.data.reason }))
    .sort((a, b) => a.span[0] - b.span[0]);
}

/* A trap's quote stands for every place where it occurs. So `2020年` is one trap if it is a date wherever it stands,
   and a quote is widened, up to the facts beside it, where it is not. */
function goldTraps(found, facts, text, problems) {
  const reasons = new Map(found.map(({ span, reason }) => [String(span), reason]));
  const traps = new Map();
  for (const { span, reason } of found) {
    const words = text.points.slice(...span);
    const all = text.occurrences(words);
    if (all.every((other) => reasons.get(String(other)) === reason)) {
      traps.set(words, { quote: words, reason, spans: all });
      continue;
    }
    const low = Math.max(0, ...facts.map((fact) => fact.span[1]).filter((end) => end <= span[0]));
    const high = Math.min(text.points.length, ...facts.map((fact) => fact.span[0]).filter((start) => start >= span[1]));
    const wide = text.widened(span, low, high);
    if (wide === null) problems.push({ text: t("problem_trap"), span });
    else traps.set(text.points.slice(...wide), { quote: text.points.slice(...wide), reason, spans: [wide] });
  }
  return [...traps.values()];
}

function unlabelled(raw, labels) {
  const spans = labels.map((label) => label.span).sort((a, b) => a[0] - b[0]);
  const found = [];
  for (const match of raw.text.matchAll(/[\d０-９]+/g)) {
    const start = raw.point(match.index);
    const span = [start, start + match[0].length];
    for (let at = start; at < span[1]; at++) {
      if (!spans.some((one) => one[0] <= at && at < one[1])) {
        found.push({ text: t("problem_digit", { text: match[0] }), span });
        break;
      }
    }
  }
  return found;
}

function overlapping(facts) {
  return facts.slice(1).filter((fact, i) => fact.span[0] < facts[i].span[1]).map((fact) => ({ text: t("problem_overlap"), span: fact.span }));
}

const WIDEST = 160;

/* Finds quotes: words around a span that occur once in the text. */
class Quotes {
  constructor(points) {
    this.points = points;
  }

  isUnique(words) {
    const first = this.points.text.indexOf(words);
    return first >= 0 && this.points.text.indexOf(words, first + 1) < 0;
  }

  /* The shortest quote around a span in which the span's own words occur once, or null. */
  around(span) {
    const mention = this.points.slice(...span);
    const wide = this.widened(span, 0, this.points.length, (words) => words.split(mention).length === 2);
    return wide && this.points.slice(...wide);
  }

  /* The shortest span around one, between `low` and `high`, whose words occur once and please; or null. */
  widened([start, end], low, high, pleases = () => true) {
    for (let extra = 0; extra <= WIDEST; extra++) {
      for (let i = 0; i <= extra; i++) {
        // Words before a number tell more about it than words after it: left first.
        const left = extra - i;
        const wide = [start - left, end + i];
        if (wide[0] < low || wide[1] > high) continue;
        const words = this.points.slice(...wide);
        if (this.isUnique(words) && pleases(words)) return wide;
      }
    }
    return null;
  }

  /* Every place where words stand, as spans that do not overlap. */
  occurrences(words) {
    const found = [];
    const length = pointsIn(words);
    for (let at = this.points.text.indexOf(words); at >= 0; at = this.points.text.indexOf(words, at + words.length)) {
      const start = this.points.point(at);
      found.push([start, start + length]);
    }
    return found;
  }
}

function download(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = el("a", { download: name });
  link.href = url;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}
