/* Dialogs: a title, content, and for a form its fields. */

function openDialog(title, content) {
  const dialog = byId("dialog");
  dialog.replaceChildren(
    el("div", { class: "head" }, el("h2", { id: "dialog-title" }, title), button("×", () => dialog.close(), { class: "close", "aria-label": t("close") })),
    ...[content].flat(Infinity).filter((one) => one instanceof Node),
  );
  dialog.setAttribute("aria-labelledby", "dialog-title");
  if (!dialog.open) dialog.showModal();
}

const PERIOD = /^\d{4}(-\d{2}(-\d{2})?)?(\/\d{4}(-\d{2}(-\d{2})?)?)?$/;

/* What a person fills in for each kind of label; the names are the report's. */
const FORMS = {
  fact: [
    ["label", "text", { required: true }],
    ["value", "number"],
    ["upper", "number"],
    ["unit", "code", { list: "unit" }],
    ["counted", "text"],
    ["qualifier", "code", { list: "qualifier" }],
    ["per", "codes", { list: "per" }],
    ["topic", "code", { list: "topic" }],
    ["indicator", "code", { list: "indicator" }],
    ["place", "text"],
    ["status", "code", { list: "status" }],
    ["period", "text", { pattern: PERIOD }],
  ],
  aside: [["reason", "code", { list: "reason" }]],
  milestone: [
    ["date", "text", { pattern: PERIOD, required: true }],
    ["event", "code", { list: "event" }],
    ["place", "text"],
  ],
  case: [
    ["person", "text", { required: true }],
    ["place", "text"],
  ],
  partner: [["name", "text", { required: true }]],
  designation: [["text", "text", { required: true }]],
  damage: [
    ["restored", "text", { required: true }],
    ["lost", "code", { list: "lost" }],
  ],
  about: [
    ["title", "text"],
    ["publisher", "text"],
    ["authors", "list"],
    ["published", "text", { pattern: PERIOD }],
    ["reference_year", "number"],
    ["name", "text"],
    ["level", "code", { list: "level", empty: true }],
    ["province", "text"],
    ["prefecture", "text"],
    ["outcome", "code", { list: "skip", empty: true }],
  ],
};

/* Opens the form of a kind; `save` is given the fields once all of them are valid. */
function openForm(kind, title, values, words, save) {
  const fields = FORMS[kind].map(([name, type, rules = {}]) => formField(name, type, rules, values[name]));
  const submit = (event) => {
    event.preventDefault();
    const wrong = fields.filter((field) => !field.check());
    if (wrong.length > 0) {
      wrong[0].control.focus();
      return;
    }
    byId("dialog").close();
    save(Object.fromEntries(fields.map((field) => [field.name, field.read()])));
  };
  const buttons = el("div", { class: "buttons" }, el("button", { type: "submit", class: "primary" }, t("save")), button(t("cancel"), () => byId("dialog").close()));
  openDialog(title, [
    words && el("blockquote", {}, words),
    el("form", { class: "fields", onsubmit: submit, novalidate: true, data: { kind } }, fields.map((field) => field.element), buttons),
  ]);
  fields[0].control.focus();
}

function formField(name, type, rules, value) {
  const id = "field-" + name;
  const control = FIELD_TYPES[type].control(id, rules, value);
  const error = el("span", { class: "error", id: id + "-error" });
  const read = () => FIELD_TYPES[type].read(control);
  const problem = () => {
    const got = read();
    if (got === undefined) return t("error_number");
    if (rules.required && !got) return t("error_required");
    if (rules.pattern && got !== null && !rules.pattern.test(got)) return t("error_period");
    return null;
  };
  const check = () => {
    const found = problem();
    error.textContent = found ?? "";
    control.setAttribute("aria-invalid", String(found !== null));
    if (found) control.setAttribute("aria-describedby", error.id);
    return found === null;
  };
  const tag = type === "codes" ? "fieldset" : "div";
  const label = type === "codes" ? el("legend", {}, t("field_" + name)) : el("label", { for: id }, t("field_" + name));
  return { name, control, read, check, element: el(tag, { class: "field " + type }, label, control, error) };
}

const textControl = (id, rules, value) => el("input", { id, type: "text", value: value ?? "", autocomplete: "off", required: rules.required });

const FIELD_TYPES = {
  text: { control: textControl, read: (control) => control.value.trim() || null },
  list: {
    control: (id, rules, value) => textControl(id, rules, (value ?? []).join("、")),
    read: (control) => control.value.split(/[、,，;；]/).map((one) => one.trim()).filter(Boolean),
  },
  number: {
    control: (id, rules, value) => el("input", { id, type: "text", inputmode: "decimal", value: value === null || value === undefined ? "" : digits(value), autocomplete: "off" }),
    read: (control) => numberIn(control.value),
  },
  code: {
    control(id, rules, value) {
      const options = rules.empty ? [["", "—"], ...codeOptions(rules.list)] : codeOptions(rules.list);
      return select(t(id.replace("-", "_")), options, value ?? options[0][0], () => {}, { id });
    },
    read: (control) => control.value || null,
  },
  codes: {
    control: (id, rules, value) =>
      el("div", { id, class: "checks" }, codeOptions(rules.list).map(([one, text]) => {
        const box = el("input", { type: "checkbox", value: one, id: `${id}-${one}` });
        box.checked = (value ?? []).includes(one);
        return el("label", { for: box.id }, box, text);
      })),
    read: (control) => [...control.querySelectorAll("input:checked")].map((box) => box.value),
  },
};

const MAGNITUDES = { 十: 1, 百: 2, 千: 3, 万: 4, 亿: 8 };

/* The number a person typed, `4214.88万` too; null for nothing, undefined for what is no number. */
function numberIn(typed) {
  const text = typed.replace(/[\s,，]/g, "");
  if (text === "") return null;
  const match = text.match(/^(-?\d+(?:\.\d+)?)([十百千万亿]*)$/);
  if (!match) return undefined;
  return magnified(match[1], match[2]);
}

/* Digits times the magnitudes after them, exactly: the decimal point is moved, nothing is multiplied. */
function magnified(text, magnitudes) {
  const places = [...magnitudes].reduce((total, one) => total + MAGNITUDES[one], 0);
  const [whole, fraction = ""] = text.split(".");
  const padded = fraction.padEnd(places, "0");
  return Number(`${whole}${padded.slice(0, places)}.${padded.slice(places) || "0"}`);
}

/* A first guess at a fact from the repaired words of a selection; the person sees it and corrects it. */
function guessed(words) {
  const match = words.match(/(\d[\d,]*(?:\.\d+)?)([十百千万亿]*)(?:多|余)?(.*)$/);
  const guess = { label: "", unit: "count", qualifier: "exact", per: [], topic: "other", indicator: "other", status: "achieved" };
  if (!match) return guess;
  const rest = match[3].trim();
  const units = Object.entries(INDEX.codes.unit).filter(([name, one]) => name !== "count" && rest.startsWith(one.zh));
  const [unit] = units.sort((a, b) => b[1].zh.length - a[1].zh.length)[0] ?? ["count"];
  const counted = unit === "count" ? rest.replace(/^个/, "") || null : null;
  return { ...guess, value: magnified(match[1].replaceAll(",", ""), match[2]), unit, counted };
}
