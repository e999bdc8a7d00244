/* Routes, the header, selecting, and the start. */

/* Shows an item on both sides. `from` says where it was chosen: table, report, text, key or address. */
function selectItem(key, from) {
  const { article } = state;
  const item = article.item(key);
  if (!item) return;
  state.selected = key;
  if (item.kind === "fact") revealRow(article, key);
  if (from === "table" || from === "report") showPane("text");
  light(key, from !== "text");
  markCurrent(from !== "table" && from !== "report");
  showSheet(article, item);
  remember(item);
  announce(item.kind === "fact" ? `${describe(item)}：${quantity(item.fact)}` : `${describe(item)}：${article.words(item)}`);
}

/* A press on a segment: the shortest of its marks; pressed again, the next one. */
function selectAmong(marks) {
  if (!getSelection().isCollapsed) return;
  const keys = marks.filter((mark) => mark.kind !== "section").map((mark) => mark.key);
  if (keys.length > 0) selectItem(keys[(keys.indexOf(state.selected) + 1) % keys.length], "text");
}

/* A row that a filter hides, or that is not drawn yet, is brought back. */
function revealRow(article, key) {
  let at = shownFacts(article).findIndex((item) => item.key === key);
  if (at < 0) {
    Object.assign(state.facts, { query: "", topic: "", status: "", flag: "" });
    byId("facts-body").replaceChildren(factFilters(article), factTable(article));
    at = shownFacts(article).findIndex((item) => item.key === key);
  }
  if (at >= Math.max(state.facts.shown, ROWS_AT_ONCE)) {
    state.facts.shown = at + ROWS_AT_ONCE;
    renderFacts();
  }
}

/* Marks the selected item's rows and entries, and opens the selected fact's detail. */
function markCurrent(scroll = false) {
  const report = byId("report-pane");
  for (const old of report.querySelectorAll(".current")) {
    old.classList.remove("current");
    old.removeAttribute("aria-current");
  }
  report.querySelector(".detail-row")?.remove();
  if (!state.selected) return;
  const found = [...report.querySelectorAll(`[data-key="${CSS.escape(state.selected)}"]`)];
  for (const element of found) {
    element.classList.add("current");
    element.setAttribute("aria-current", "true");
  }
  const row = found.find((element) => element.matches(".facts tr"));
  const item = state.article.item(state.selected);
  if (row && item?.kind === "fact") {
    const corrected = state.article.review?.corrected(item) ?? item;
    row.after(el("tr", { class: "detail-row" }, el("td", { colspan: row.cells.length }, factDetail(state.article, corrected))));
  }
  const target = row ?? found[0];
  if (scroll && target) {
    target.closest("details")?.setAttribute("open", "");
    target.scrollIntoView({ block: "center" });
  }
}

/* On a narrow screen one pane is seen at a time; the sheet then says what the pressed number is. */
function showSheet(article, item) {
  byId("sheet")?.remove();
  const title = item.kind === "fact" ? [el("strong", {}, quantity(item.fact)), " ", item.fact.label] : [describe(item)];
  const sheet = el("div", { id: "sheet" }, el("p", {}, title), button(t("pane_report"), () => {
    showPane("report");
    markCurrent(true);
  }), button("×", () => sheet.remove(), { class: "close", "aria-label": t("close") }));
  byId("main").append(sheet);
}

function showPane(name) {
  const turned = state.pane !== name;
  state.pane = name;
  byId("main").dataset.pane = name;
  // What is lit in a pane that was hidden could not be scrolled to before.
  if (turned) document.querySelector(name === "text" ? "#text-body .lit" : ".facts tr.current")?.scrollIntoView({ block: "center" });
  for (const one of document.querySelectorAll("#panes button")) one.setAttribute("aria-pressed", String(one.dataset.value === name));
}

let remembering = 0;

/* The address follows the selection, so that a figure can be linked to. It waits for a pause: a browser takes only some
   hundred changes of address in ten seconds, and a key held down makes more. */
function remember(item) {
  const route = `#/a/${state.article.row.n}` + (item.kind === "fact" && !item.added ? "/" + item.key : "");
  clearTimeout(remembering);
  remembering = setTimeout(() => location.hash !== route && history.replaceState(null, "", route), 200);
}

function stepArticle(by) {
  const at = INDEX.rows.findIndex((row) => row.n === state.article.row.n);
  const next = INDEX.rows[at + by];
  if (next) location.href = addressOf(next.n);
  else if (INDEX.about.home) location.href = `${INDEX.about.home}#/a/${state.article.row.n + by}`;
}

function goHome() {
  location.href = INDEX.about.home ?? "#/";
}

function toggleEditing() {
  if (!state.article?.review) return;
  state.editing = !state.editing;
  render();
}

function headerBar() {
  const { article } = state;
  const setLanguage = (lang) => {
    state.lang = lang;
    store.set("lang", lang);
    render();
  };
  const setTheme = (theme) => {
    state.theme = theme;
    store.set("theme", theme);
    render();
  };
  const step = (by, text, name) => button(text, () => stepArticle(by), { class: "step", "aria-label": t(name), title: t(name) });
  return [
    el("nav", { class: "crumbs", "aria-label": t("crumbs") },
      el("a", { href: INDEX.about.home ?? "#/", class: "home" }, INDEX.about.folder),
      article && [el("span", { "aria-hidden": "true" }, "›"), el("span", { class: "here", "aria-current": "page" }, nameOf(article.row)), step(-1, "‹", "key_previous_article"), step(1, "›", "key_next_article")]),
    article && el("div", { id: "panes" }, choice(t("panes"), [["text", t("pane_text")], ["report", t("pane_report")]], state.pane, showPane)),
    el("div", { class: "settings" },
      article?.review && button(t("review"), toggleEditing, { id: "edit", "aria-pressed": String(state.editing) }),
      choice(t("language"), [["zh", "中文"], ["en", "English"]], state.lang, setLanguage),
      choice(t("theme"), [["auto", t("theme_auto")], ["light", t("theme_light")], ["dark", t("theme_dark")]], state.theme, setTheme),
      button("?", openHelp, { id: "help", "aria-label": t("help"), title: t("help") })),
  ];
}

/* Draws everything anew: the article or the folder, in the chosen language. */
function render() {
  const root = document.documentElement;
  root.lang = state.lang === "zh" ? "zh-Hans" : "en";
  root.dataset.theme = state.theme;
  byId("skip").textContent = t("skip");
  byId("bar").replaceChildren();
  append(byId("bar"), headerBar());
  const main = byId("main");
  const tops = ["text-pane", "report-pane"].map((id) => byId(id)?.scrollTop ?? 0);
  main.replaceChildren();
  main.className = state.article ? "article" : "folder";
  document.body.className = main.className + "-view";
  main.dataset.pane = state.pane;
  main.dataset.article = state.article?.row.n ?? "";
  document.title = state.article ? nameOf(state.article.row) : INDEX.about.folder;
  append(main, state.article ? [el("h1", { class: "sr" }, document.title), textPane(state.article), reportPane(state.article)] : folderView());
  if (!state.article) return;
  light(state.selected, false);
  if (state.article.report) markCurrent();
  ["text-pane", "report-pane"].forEach((id, i) => (byId(id).scrollTop = tops[i]));
}

/* Goes where the address says: `#/` the folder, `#/a/3` an article, `#/a/3/f12` a fact of it. */
function route() {
  clearTimeout(remembering);
  const match = location.hash.match(/^#\/a\/(\d+)(?:\/(\w+))?$/);
  if (!match) {
    if (INDEX.about.home) location.replace(INDEX.about.home);
    state.article = null;
    state.selected = null;
    render();
    scrollTo(0, 0);
    return;
  }
  const n = Number(match[1]);
  if (state.article?.row.n !== n) {
    const opened = openArticle(n);
    if (!opened) {
      const address = INDEX.rows.some((row) => row.n === n) ? addressOf(n, match[2]?.slice(1)) : INDEX.about.home ?? "#/";
      location.replace(address);
      return;
    }
    state.article = opened;
    state.selected = null;
    Object.assign(state.facts, { query: "", topic: "", status: "", flag: "", shown: 0 });
    state.editing &&= Boolean(opened.review);
    render();
    scrollTo(0, 0);
    announce(document.title);
  }
  if (match[2] && match[2] !== state.selected) selectItem(match[2], "address");
}

/* Everything is drawn before it is printed: rows that wait for a press, and both panes. */
function beforePrint() {
  if (state.article?.report) {
    state.facts.shown = Infinity;
    renderFacts();
  } else if (!state.article) {
    Object.assign(state.folder, { shown: Infinity, places: Infinity });
    render();
  }
}

addEventListener("hashchange", route);
addEventListener("keydown", onKey);
addEventListener("beforeprint", beforePrint);
document.addEventListener("mouseup", () => setTimeout(offerSelection));
document.addEventListener("keyup", (event) => event.shiftKey && offerSelection());
addEventListener("beforeunload", (event) => {
  if (state.article?.review?.unsaved && !state.article.review.downloaded) event.preventDefault();
});
route();
