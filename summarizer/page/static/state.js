/* What the reader has chosen. What outlasts the page (language, theme, corrections) is kept in the browser's own
   storage where there is one; a browser may refuse it to a file, and then the page works without. */

const store = {
  get(name) {
    try {
      return JSON.parse(localStorage.getItem("summarizer." + name));
    } catch {
      return null;
    }
  },
  set(name, value) {
    try {
      if (value === null) localStorage.removeItem("summarizer." + name);
      else localStorage.setItem("summarizer." + name, JSON.stringify(value));
      return true;
    } catch {
      return false;
    }
  },
};

const state = {
  lang: store.get("lang") === "en" ? "en" : "zh",
  theme: store.get("theme") ?? "auto",
  shortcuts: store.get("shortcuts") ?? true,
  view: "folder",
  article: null,
  selected: null,
  mode: "raw",
  repairs: true,
  pane: "report",
  editing: false,
  facts: { query: "", topic: "", status: "", flag: "", sort: "id", down: false, shown: 0 },
  folder: { query: "", outcome: "", year: "", sort: "n", down: false, shown: 0, cell: null, columns: null },
};

const ROWS_AT_ONCE = 200;

const baseName = (path) => path.split(/[\\/]/).at(-1);

/* What an article is called: its title, else its file. */
const nameOf = (row) => row.title ?? baseName(row.name);

const COLLATOR = new Intl.Collator("zh");

/* Sorted copies by a key function; missing values last in either direction, ties in the order they had. */
function sorted(items, keyOf, down) {
  const order = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : COLLATOR.compare(String(a), String(b)));
  return items
    .map((item, i) => ({ item, i, key: keyOf(item) }))
    .sort((a, b) => {
      const [x, y] = [a.key ?? null, b.key ?? null];
      if (x === null || y === null) return (x === null) - (y === null) || a.i - b.i;
      return (down ? -1 : 1) * order(x, y) || a.i - b.i;
    })
    .map(({ item }) => item);
}

/* A header cell that sorts by its column. */
function sortHeader(name, label, view, rerender, attributes = {}) {
  const current = view.sort === name;
  const sort = () => {
    view.down = current ? !view.down : false;
    view.sort = name;
    rerender();
  };
  const mark = el("span", { class: "order", "aria-hidden": "true" }, current ? (view.down ? "▼" : "▲") : "");
  return el(
    "th",
    { scope: "col", "aria-sort": current ? (view.down ? "descending" : "ascending") : null, ...attributes },
    button([label, mark], sort, { class: "sort", data: { sort: name } }),
  );
}
