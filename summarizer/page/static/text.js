/* The text pane: the article's own words, every number marked by what became of it. */

/* What lies where in the pane: segments by the keys of their marks, and offsets for a selection. */
const pane = { nodes: new Map(), places: new WeakMap(), stops: [] };

function textPane(article) {
  pane.nodes = new Map();
  pane.places = new WeakMap();
  pane.stops = [];
  const body = article.raw ? textBody(article) : missingText(article);
  return el(
    "section",
    { class: "pane text", id: "text-pane", "aria-labelledby": "text-title", tabindex: "0" },
    el("h2", { id: "text-title", class: "sr" }, t("article_text")),
    article.raw && textTools(article),
    body,
  );
}

function missingText(article) {
  const name = article.report?.document.path ?? article.row.name;
  return el(
    "div",
    { class: "notice" },
    el("p", {}, el("strong", {}, t("missing_" + article.missing))),
    el("p", { class: "path" }, name),
    el("p", {}, t("missing_hint")),
  );
}

function textTools(article) {
  const modes = ["raw", "clean", "beside", "under"].map((mode) => [mode, t("mode_" + mode)]);
  const setMode = (mode) => {
    state.mode = mode;
    renderText();
  };
  const repairs = el("input", {
    type: "checkbox",
    id: "show-repairs",
    onchange: (event) => {
      state.repairs = event.target.checked;
      byId("text-body").classList.toggle("show-repairs", state.repairs);
    },
  });
  repairs.checked = state.repairs;
  return el(
    "div",
    { class: "tools" },
    choice(t("text_mode"), modes, state.mode, setMode),
    el("label", { for: "show-repairs" }, repairs, t("show_repairs", { n: article.repairs.length })),
    legend(article),
  );
}

const shownKind = (item) => (item.kind === "fact" && isDamaged(item) ? "damaged" : item.kind);

const isDamaged = (item) =>
  item.fact !== undefined &&
  (state.article.report.damage ?? []).some((damage) => damage.lost === "digit" && meet(damage.span, item.span));

/* How many numbers became what; a press goes to the next of the kind. */
function legend(article) {
  const kinds = ["fact", "damaged", "aside", "unread"];
  const counted = Object.fromEntries(kinds.map((kind) => [kind, []]));
  for (const item of markable(article)) if (NUMBERS.has(item.kind)) counted[shownKind(item)].push(item);
  return el(
    "div",
    { class: "legend", role: "group", "aria-label": t("legend") },
    kinds.map((kind) =>
      button([el("span", { class: `key ${kind}`, "aria-hidden": "true" }, "12"), `${t("kind_" + kind)} ${counted[kind].length}`],
        () => selectNext(counted[kind]),
        { data: { kind }, disabled: counted[kind].length === 0, title: t("kind_hint_" + kind) }),
    ),
  );
}

/* Selects the first of the items that stands after the selected one, or the first. */
function selectNext(items) {
  const current = state.selected ? state.article.item(state.selected) : null;
  const after = items.find((item) => current && item.span[0] > current.span[0]);
  const next = after ?? items[0];
  if (next) selectItem(next.key, "text");
}

/* The items that are marked in the text, as corrected. */
function markable(article) {
  if (!article.review) return article.all;
  const shown = article.all.map((item) => article.review.shown(item));
  return shown.filter((item) => item !== null && (item.kind === "aside" || !isDropped(article, item)));
}

function textBody(article) {
  const marks = markable(article);
  const narrow = marks.filter((mark) => NUMBERS.has(mark.kind) || mark.kind === "damage");
  const ranges = blocks(article.raw, narrow);
  const sides = {};
  if (state.mode !== "clean") {
    sides.raw = { text: article.raw, segments: segmentsOf(ranges, marks), overlay: cursor(article.repairs, "raw") };
  }
  if (state.mode !== "raw") {
    const cleanRanges = ranges.map(([a, b]) => [article.alignment.cleanFrom(a), article.alignment.cleanFrom(b)]);
    const cleanMarks = marks
      .map((mark) => ({ ...mark, span: article.alignment.toClean(...mark.span) }))
      .filter(({ span }) => span[0] < span[1]);
    sides.clean = {
      text: article.clean,
      segments: segmentsOf(cleanRanges, cleanMarks),
      overlay: cursor(article.repairs, "clean"),
    };
  }
  return el(
    "div",
    {
      id: "text-body",
      class: "text-body" + (state.repairs ? " show-repairs" : ""),
      data: { mode: state.mode },
      lang: article.report?.document.script === "traditional" ? "zh-Hant" : "zh-Hans",
    },
    ranges.map((range, i) => block(range, i, sides, article)),
  );
}

function block([start], i, sides, article) {
  const sections = article.report?.sections ?? [];
  const past = firstIndex(sections.length, (k) => sections[k].span[0] > start);
  const section = sections[past - 1];
  const begins = section && (i === 0 || section.span[0] === start);
  const topic = section && start < section.span[1] ? section.topic : null;
  return el(
    "div",
    { class: "block", data: topic ? { topic } : {} },
    begins && topic && el("span", { class: "topic chip", data: { topic } }, code("topic", topic)),
    Object.entries(sides).map(([side, { text, segments: all, overlay }]) =>
      el("p", { class: side, data: { side } }, all[i].map((segment) => segmentNode(segment, side, text, overlay))),
    ),
  );
}

/* Repairs in the order of one side, handed out from left to right. */
function cursor(repairs, side) {
  let from = 0;
  return (start, end) => {
    while (from < repairs.length && repairs[from][side][1] < start) from++;
    const found = [];
    for (let i = from; i < repairs.length && repairs[i][side][0] < end; i++) {
      if (repairs[i][side][1] > start || repairs[i][side][0] === start) found.push(repairs[i]);
    }
    return found;
  };
}

function segmentNode({ start, end, marks }, side, text, overlay) {
  const number = marks.find((mark) => NUMBERS.has(mark.kind));
  const damage = marks.find((mark) => mark.kind === "damage");
  const node = el("span", {}, pieces(start, end, side, text, overlay(start, end)));
  pane.places.set(node, { start, side });
  if (damage) node.classList.add("lossy", "lost-" + damage.data.lost);
  if (number) markNumber(node, number, start, side);
  for (const mark of marks) {
    if (!pane.nodes.has(mark.key)) pane.nodes.set(mark.key, []);
    pane.nodes.get(mark.key).push(node);
  }
  if (marks.length > 0) node.addEventListener("click", () => selectAmong(marks));
  return node;
}

/* A number is a button: one stop for Tab in the whole text, arrow keys from number to number. Where its mark is cut in
   several segments, the first one is the button. */
function markNumber(node, item, start, side) {
  const kind = shownKind(item);
  node.classList.add("mark", kind);
  if (item.fact) node.dataset.topic = item.fact.topic;
  if (item.added) node.classList.add("added");
  if (start > item.span[0]) return;
  node.setAttribute("role", "button");
  node.setAttribute("tabindex", pane.stops.length === 0 ? "0" : "-1");
  node.setAttribute("title", plainText(describe(item)));
  node.dataset.key = item.key;
  if (item.fact?.id) node.dataset.n = item.fact.id;
  if (side === "raw" || state.mode === "clean") pane.stops.push(node);
}

/* What an item is, in one line. */
function describe(item) {
  if (item.kind === "fact") return `${t("kind_" + shownKind(item))} ${item.fact.id ?? ""} · ${item.fact.label}`;
  if (item.kind === "aside") return `${t("kind_aside")} · ${code("reason", item.data.reason)}`;
  return t("kind_" + item.kind);
}

/* The text of a range, what was repaired in it as elements of their own. */
function pieces(start, end, side, text, repairs) {
  const nodes = [];
  let done = start;
  for (const repair of repairs) {
    const [a, b] = [Math.max(start, repair[side][0]), Math.min(end, repair[side][1])];
    if (b < a || (repair[side][0] === repair[side][1] && a !== repair[side][0]) || a < done) continue;
    if (a > done) nodes.push(foreign(text.slice(done, a)));
    nodes.push(repairNode(repair, side, text.slice(a, b)));
    done = b;
  }
  if (done < end) nodes.push(foreign(text.slice(done, end)));
  return nodes;
}

function repairNode(repair, side, words) {
  const other = side === "raw" ? state.article.clean.slice(...repair.clean) : state.article.raw.slice(...repair.raw);
  const key = repair.kind === "removed" ? "repair_removed" : side === "raw" ? "repair_to" : "repair_from";
  const shown = repair.kind === "removed" ? state.article.raw.slice(...repair.raw) : other.replaceAll(LOST, "?");
  if (repair.kind === "removed" && shown.trim() === "") return foreign(words);
  return el("span", { class: "fix " + repair.kind, title: t(key, { text: shown }) }, foreign(words));
}

/* The words under a selection: their raw span, or null where nothing of one text is selected. */
function selectedSpan() {
  const selection = getSelection();
  if (!state.article?.raw || selection.rangeCount === 0 || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const from = placeOf(range.startContainer, range.startOffset);
  const to = placeOf(range.endContainer, range.endOffset);
  if (!from || !to || from.side !== to.side || from.at >= to.at) return null;
  return from.side === "raw" ? [from.at, to.at] : state.article.alignment.toRaw(from.at, to.at);
}

function placeOf(container, offset) {
  let node = container;
  while (node && !pane.places.has(node)) node = node.parentNode;
  if (!node) return edgeOf(container, offset);
  const before = document.createRange();
  before.setStart(node, 0);
  before.setEnd(container, offset);
  const { start, side } = pane.places.get(node);
  return { at: start + pointsIn(before.toString()), side };
}

/* A selection that was drawn past a line ends in the line's own element. */
function edgeOf(container, offset) {
  const paragraph = container.nodeType === 1 && container.closest?.("p[data-side]");
  if (!paragraph || paragraph !== container) return null;
  const next = paragraph.childNodes[offset];
  if (next && pane.places.has(next)) return { at: pane.places.get(next).start, side: paragraph.dataset.side };
  const last = paragraph.lastChild;
  if (!last || !pane.places.has(last)) return null;
  const { start, side } = pane.places.get(last);
  return { at: start + pointsIn(last.textContent), side };
}

/* Draws the text anew. In another form of it what is selected is found again, in the same form nothing moves. */
function renderText(stay = false) {
  const old = byId("text-pane");
  const top = old.scrollTop;
  old.replaceWith(textPane(state.article));
  byId("text-pane").scrollTop = top;
  light(state.selected, !stay);
}

/* Lights up everything that stands for a key, and shows it. */
function light(key, scroll) {
  for (const node of document.querySelectorAll("#text-body .lit")) node.classList.remove("lit", "lit-first", "lit-last");
  const nodes = pane.nodes.get(key) ?? [];
  for (const node of nodes) node.classList.add("lit");
  nodes[0]?.classList.add("lit-first");
  nodes.at(-1)?.classList.add("lit-last");
  for (const stop of pane.stops) stop.setAttribute("tabindex", "-1");
  const stop = nodes.find((node) => node.dataset.key === key) ?? pane.stops[0];
  stop?.setAttribute("tabindex", "0");
  if (scroll && nodes[0]) nodes[0].scrollIntoView({ block: nodes.length > 12 ? "start" : "center" });
}
