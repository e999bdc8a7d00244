/* Correcting: what a person accepts, changes, rejects and adds. Kept in the browser until it is downloaded. */

class Review {
  constructor(article, saved) {
    this.article = article;
    this.edits = saved?.edits ?? {};
    this.extra = saved?.extra ?? [];
    this.about = saved?.about ?? { document: {}, subject: {}, outcome: null };
  }

  static of(article) {
    return new Review(article, store.get(Review.nameOf(article)));
  }

  static nameOf(article) {
    return "review." + article.report.document.sha256;
  }

  save() {
    const empty = Object.keys(this.edits).length + this.extra.length === 0 && !this.hasAbout;
    const kept = empty ? null : { edits: this.edits, extra: this.extra, about: this.about };
    this.unsaved = !empty && !store.set(Review.nameOf(this.article), kept);
    if (empty) store.set(Review.nameOf(this.article), null);
    this.downloaded = false;
  }

  get hasAbout() {
    const { document: doc, subject, outcome } = this.about;
    return Object.keys(doc).length + Object.keys(subject).length > 0 || Boolean(outcome);
  }

  verdict(key) {
    return this.edits[key]?.verdict ?? null;
  }

  /* Sets what became of an item; the same verdict again takes it back. */
  decide(key, edit) {
    const again = edit.verdict === "accepted" && this.verdict(key) === "accepted";
    if (again || edit.verdict === null) delete this.edits[key];
    else this.edits[key] = edit;
    this.save();
  }

  add(kind, span, fields) {
    const key = "n" + (1 + Math.max(0, ...this.extra.map((one) => Number(one.key.slice(1)))));
    this.extra.push({ key, kind, span, fields });
    this.save();
    return key;
  }

  remove(key) {
    this.extra = this.extra.filter((one) => one.key !== key);
    this.save();
  }

  change(key, fields) {
    const own = this.extra.find((one) => one.key === key);
    if (own) own.fields = fields;
    else this.edits[key] = { verdict: "changed", fields };
    this.save();
  }

  /* What was added, as items. */
  get added() {
    return this.extra.map(({ key, kind, span, fields }) => {
      const item = { key, kind, span, added: true };
      if (kind !== "fact") return { ...item, data: { ...fields, span } };
      return { ...item, fact: { ...fields, mention: this.article.raw.slice(...span) } };
    });
  }

  /* An item with what was changed in it. */
  corrected(item) {
    const edit = this.edits[item.key];
    if (edit?.verdict !== "changed") return item;
    return item.fact ? { ...item, fact: { ...item.fact, ...edit.fields } } : { ...item, data: { ...item.data, ...edit.fields } };
  }

  /* An item as the text shows it: a rejected fact is a number set aside, and a number that is no fact gives way to what
     was added in its place. */
  shown(item) {
    if (item.added || !NUMBERS.has(item.kind)) return this.corrected(item);
    const rejected = this.verdict(item.key) === "rejected";
    const fact = item.kind === "fact" && !rejected;
    if (!fact && this.extra.some((one) => NUMBERS.has(one.kind) && meet(one.span, item.span))) return null;
    if (!rejected) return this.corrected(item);
    return item.kind === "fact" ? { ...item, kind: "aside", data: { reason: this.edits[item.key].reason } } : null;
  }

  counts() {
    const facts = this.article.items.filter((item) => item.kind === "fact");
    const of = (verdict) => facts.filter((item) => this.verdict(item.key) === verdict).length;
    const [accepted, changed, rejected] = ["accepted", "changed", "rejected"].map(of);
    return { accepted, changed, rejected, added: this.extra.length, undecided: facts.length - accepted - changed - rejected };
  }
}

function reviewButtons(article, item) {
  const { review } = article;
  const verdict = review.verdict(item.key);
  const press = (name, symbol, onclick) =>
    button(symbol, onclick, { class: "review " + name, "aria-pressed": String(verdict === name), "aria-label": t("review_" + name), title: t("review_" + name) });
  if (item.added) {
    return el("span", { class: "reviews" }, press("changed", "✎", () => changeItem(article, item)), press("rejected", "✗", () => afterEdit(() => review.remove(item.key))));
  }
  return el("span", { class: "reviews" }, press("accepted", "✓", () => acceptItem(article, item)), press("changed", "✎", () => changeItem(article, item)), press("rejected", "✗", () => rejectItem(article, item)));
}

/* An edit, then everything that shows it. */
function afterEdit(edit) {
  edit();
  const top = byId("report-pane").scrollTop;
  renderText(true);
  byId("report-pane").replaceWith(reportPane(state.article));
  byId("report-pane").scrollTop = top;
  markCurrent();
}

const acceptItem = (article, item) => afterEdit(() => article.review.decide(item.key, { verdict: "accepted" }));

function changeItem(article, item) {
  const values = (article.review.corrected(item).fact ?? article.review.corrected(item).data);
  openForm(item.kind, t("change_" + item.kind), values, article.words(item), (fields) => afterEdit(() => article.review.change(item.key, fields)));
}

/* A rejected fact is still a number of the article, so it needs a reason; a rejected name or event does not. */
function rejectItem(article, item) {
  const { review } = article;
  if (review.verdict(item.key) === "rejected") {
    afterEdit(() => review.decide(item.key, { verdict: null }));
  } else if (item.kind === "fact") {
    openForm("aside", t("why_no_fact"), {}, article.words(item), ({ reason }) => afterEdit(() => review.decide(item.key, { verdict: "rejected", reason })));
  } else {
    afterEdit(() => review.decide(item.key, { verdict: "rejected" }));
  }
}

/* For a number that is no fact in the report: it is one after all, or (an unread one) it is none. */
function restButtons(article, item) {
  const { review } = article;
  const asFact = button(t("is_fact"), () => addItem("fact", item.span, () => item.kind === "aside" && !item.added && review.decide(item.key, { verdict: "rejected" })));
  if (item.added) return button("✗", () => afterEdit(() => review.remove(item.key)), { "aria-label": t("review_rejected") });
  if (review.shown(item) === null) return null;
  return [asFact, item.kind === "unread" && button(t("is_no_fact"), () => addItem("aside", item.span, () => {}))];
}

/* Opens the form for a new label on a raw span; `also` runs with it when it is saved. */
function addItem(kind, span, also = () => {}) {
  const { article } = state;
  const words = article.cleanText(span);
  const names = { case: { person: words }, partner: { name: words }, designation: { text: words }, milestone: { event: "other" }, aside: {} };
  openForm(kind, t("add_" + kind), kind === "fact" ? guessed(words) : names[kind], article.raw.slice(...span), (fields) => {
    let key = null;
    afterEdit(() => {
      also();
      key = article.review.add(kind, span, fields);
    });
    selectItem(key, "text");
  });
}

const ADDABLE = ["fact", "aside", "milestone", "case", "partner", "designation"];

/* The bar over the report while correcting: how far it is, what is missing, the download. */
function reviewBar(article) {
  const counts = article.review.counts();
  const { gold, problems } = goldOf(article);
  const save = () => {
    download(gold.article.replace(/\.[^.]*$/, "") + ".json", JSON.stringify(gold, null, 1) + "\n");
    article.review.downloaded = true;
  };
  return el(
    "section",
    { class: "reviewbar", "aria-label": t("review") },
    el("p", { id: "review-counts" }, t("review_counts", counts)),
    el("p", { class: "hint" }, t("review_hint")),
    el(
      "div",
      { class: "buttons" },
      button(t("download"), save, { class: "primary", id: "download" }),
      button(t("add_by_words"), () => addByWords(), { id: "add-by-words" }),
      button(t("accept_rest", { n: counts.undecided }), () => afterEdit(() => acceptRest(article)), { disabled: counts.undecided === 0 }),
      button(t("edit_about"), () => editAbout(article)),
      button(t("discard"), () => discard(article)),
    ),
    article.review.unsaved && el("p", { class: "bad" }, t("not_kept")),
    problems.length > 0 && problemList(problems),
  );
}

function problemList(problems) {
  const show = (span) => () => {
    lightSpan(span);
    showPane("text");
  };
  return el(
    "details",
    { class: "problems" },
    el("summary", {}, t("problems", { n: problems.length })),
    el("ul", {}, problems.slice(0, ROWS_AT_ONCE).map(({ text, span }) => el("li", {}, button(`${text}（${span[0]}）`, show(span), { class: "link" })))),
  );
}

/* Selects a span in the text as a person would, so that it can be labelled at once. */
function lightSpan([start, end]) {
  for (const node of document.querySelectorAll("#text-body p[data-side=raw] > span")) {
    const { start: at } = pane.places.get(node);
    const length = pointsIn(node.textContent);
    if (at <= start && start < at + length) {
      node.scrollIntoView({ block: "center" });
      if (node.firstChild?.nodeType === Node.TEXT_NODE && node.childNodes.length === 1) {
        const points = new Points(node.textContent);
        const unit = (point) => points.slice(0, Math.min(length, point - at)).length;
        getSelection().setBaseAndExtent(node.firstChild, unit(start), node.firstChild, unit(end));
      }
      return;
    }
  }
}

const acceptRest = (article) => {
  for (const item of article.items) {
    if (item.kind === "fact" && !article.review.verdict(item.key)) article.review.decide(item.key, { verdict: "accepted" });
  }
};

function discard(article) {
  openDialog(t("discard"), [
    el("p", {}, t("discard_sure")),
    el("div", { class: "buttons" },
      button(t("discard"), () => {
        byId("dialog").close();
        store.set(Review.nameOf(article), null);
        article.review = new Review(article, null);
        afterEdit(() => {});
      }, { class: "primary" }),
      button(t("cancel"), () => byId("dialog").close())),
  ]);
}

function editAbout(article) {
  const { about } = article.review;
  const values = { ...article.report.document, ...article.report.subject, ...about.document, ...about.subject, outcome: about.outcome };
  openForm("about", t("edit_about"), values, null, (fields) =>
    afterEdit(() => {
      about.document = { ...about.document, ...pick(fields, ["title", "publisher", "authors", "published", "reference_year"]) };
      about.subject = pick(fields, SUBJECT_FIELDS);
      about.outcome = fields.outcome;
      article.review.save();
    }));
}

/* A way to add a label without a mouse: the words are typed, and found in the text. */
function addByWords() {
  const raw = state.article.raw;
  const input = el("input", { type: "text", id: "words", autocomplete: "off" });
  const error = el("p", { class: "error", role: "alert" });
  const kind = select(t("kind"), ADDABLE.map((one) => [one, t("add_" + one)]), "fact", () => {}, { id: "words-kind" });
  const submit = (event) => {
    event.preventDefault();
    const places = input.value ? new Quotes(raw).occurrences(input.value) : [];
    const after = state.selected ? state.article.item(state.selected).span[0] : 0;
    if (places.length === 0) error.textContent = t("error_words");
    else addItem(kind.value, places.length === 1 ? places[0] : places.find(([start]) => start >= after) ?? places[0]);
  };
  openDialog(t("add_by_words"), [
    el("form", { class: "fields", onsubmit: submit }, el("div", { class: "field" }, el("label", { for: "words" }, t("words")), input, error), el("div", { class: "field" }, el("label", { for: "words-kind" }, t("kind")), kind), el("div", { class: "buttons" }, el("button", { type: "submit", class: "primary" }, t("next")))),
  ]);
  input.focus();
}

/* The small bar at a selection, while correcting. */
function offerSelection() {
  byId("pick")?.remove();
  const span = state.editing && state.article?.review ? selectedSpan() : null;
  if (!span) return;
  const bar = el("div", { id: "pick", role: "toolbar", "aria-label": t("add_selection") },
    ADDABLE.map((kind) => button(t("add_" + kind), () => {
      bar.remove();
      addItem(kind, span);
    }, { data: { kind } })));
  const box = getSelection().getRangeAt(0).getBoundingClientRect();
  document.body.append(bar);
  bar.style.setProperty("left", Math.max(8, Math.min(box.left, innerWidth - bar.offsetWidth - 8)) + "px");
  bar.style.setProperty("top", Math.max(8, box.top > 60 ? box.top - bar.offsetHeight - 6 : box.bottom + 6) + "px");
}
