/* The keyboard. A key alone acts only where nobody types; the shortcuts can be turned off (WCAG 2.1.4). */

const KEYS = {
  "/": { name: "search", act: () => (byId("fact-query") ?? byId("folder-query"))?.focus() },
  "?": { name: "help", act: () => openHelp() },
  j: { name: "next_fact", article: true, act: () => stepFact(1) },
  k: { name: "previous_fact", article: true, act: () => stepFact(-1) },
  n: { name: "next_article", article: true, act: () => stepArticle(1) },
  p: { name: "previous_article", article: true, act: () => stepArticle(-1) },
  t: { name: "text_mode", article: true, act: () => nextMode() },
  e: { name: "edit", article: true, act: () => toggleEditing() },
  a: { name: "accept", article: true, act: () => reviewSelected(acceptItem) },
  c: { name: "change", article: true, act: () => reviewSelected(changeItem) },
  x: { name: "reject", article: true, act: () => reviewSelected(rejectItem) },
  u: { name: "up", article: true, act: () => goHome() },
};

const typing = (element) => element.closest("input, select, textarea, dialog") !== null;

function onKey(event) {
  if (event.target.closest?.("#text-body [role=button]")) onMarkKey(event);
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || !state.shortcuts) return;
  const key = KEYS[event.key];
  if (!key || (key.article && !state.article)) return;
  event.preventDefault();
  key.act();
}

/* In the text: arrows go from number to number, Enter and Space show what became of one. */
function onMarkKey(event) {
  const at = pane.stops.indexOf(event.target);
  const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  if (event.key in steps && at >= 0) {
    event.preventDefault();
    const next = pane.stops[Math.min(pane.stops.length - 1, Math.max(0, at + steps[event.key]))];
    event.target.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  } else if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    selectItem(event.target.dataset.key, "text");
  }
}

/* The next fact in the order of the table. */
function stepFact(by) {
  if (!state.article.report) return;
  const keys = shownFacts(state.article).map((item) => item.key);
  if (keys.length === 0) return;
  const at = keys.indexOf(state.selected);
  selectItem(keys[at < 0 ? (by > 0 ? 0 : keys.length - 1) : Math.min(keys.length - 1, Math.max(0, at + by))], "key");
}

function nextMode() {
  if (!state.article.raw) return;
  const modes = ["raw", "clean", "beside", "under"];
  setTextMode(modes[(modes.indexOf(state.mode) + 1) % modes.length]);
}

function reviewSelected(act) {
  const item = state.selected && state.article.item(state.selected);
  if (state.editing && state.article.review && item && item.kind === "fact") act(state.article, item);
}

function openHelp() {
  const box = el("input", {
    type: "checkbox",
    id: "shortcuts",
    onchange: (event) => {
      state.shortcuts = event.target.checked;
      store.set("shortcuts", state.shortcuts);
    },
  });
  box.checked = state.shortcuts;
  openDialog(t("help"), [
    el("p", {}, t("help_text")),
    el("dl", { class: "keys" }, Object.entries(KEYS).map(([key, { name }]) => el("div", {}, el("dt", {}, el("kbd", {}, key)), el("dd", {}, t("key_" + name))))),
    el("label", { for: "shortcuts" }, box, t("shortcuts_on")),
  ]);
}
