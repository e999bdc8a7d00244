/* Building the page's elements. Text of an article reaches the document through `foreign` alone, never as markup. */

/* Characters that show as nothing, or that turn the order of what follows. They are shown by their code. */
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ue000-\uf8ff\ufeff\ufff9-\ufffb]/gu;

const codeOf = (character) => "U+" + character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");

/* A text as a node. An unseen character stands in an element of its own, isolated by style, so that a right-to-left
   override reverses nothing but itself; it stays in the text, so that offsets and copies are right. */
function foreign(text) {
  if (text.search(UNSEEN) < 0) return document.createTextNode(text);
  const all = document.createDocumentFragment();
  let done = 0;
  for (const match of text.matchAll(UNSEEN)) {
    if (match.index > done) all.append(text.slice(done, match.index));
    const mark = document.createElement("bdi");
    mark.className = "unseen";
    mark.dataset.code = codeOf(match[0]);
    mark.textContent = match[0];
    all.append(mark);
    done = match.index + match[0].length;
  }
  if (done < text.length) all.append(text.slice(done));
  return all;
}

/* A text for an attribute, where it cannot be isolated. */
const plainText = (text) => text.replace(UNSEEN, (character) => `[${codeOf(character)}]`);

function append(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    parent.append(child instanceof Node ? child : foreign(String(child)));
  }
  return parent;
}

/* An element: `el("button", {class: "x", onclick: f, data: {key: 1}, "aria-label": "…"}, child, …)`. */
function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "data") Object.assign(element.dataset, value);
    else if (key === "value") element.value = value;
    else element.setAttribute(key, value === true ? "" : plainText(String(value)));
  }
  return append(element, children);
}

const SVG = "http://www.w3.org/2000/svg";

function svg(name, attributes = {}, ...children) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, plainText(String(value)));
  return append(element, children);
}

const byId = (id) => document.getElementById(id);

const button = (label, onclick, attributes = {}) => el("button", { type: "button", onclick, ...attributes }, label);

/* A row of buttons of which one is pressed. */
function choice(label, options, current, choose) {
  return el(
    "div",
    { class: "choice", role: "group", "aria-label": label },
    options.map(([value, text]) =>
      button(text, () => choose(value), { "aria-pressed": String(value === current), data: { value } }),
    ),
  );
}

/* A select with its label; options are pairs of value and text. */
function select(label, options, current, choose, attributes = {}) {
  const control = el(
    "select",
    { "aria-label": label, onchange: (event) => choose(event.target.value), ...attributes },
    options.map(([value, text]) => el("option", { value, selected: value === current }, text)),
  );
  control.value = current;
  return control;
}

/* Says something to a screen reader. */
function announce(text) {
  byId("live").textContent = plainText(text);
}
