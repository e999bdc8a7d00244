/* What the page says, in the reader's language: sentences, code names, numbers with their units. */

const INDEX = JSON.parse(byId("index").textContent);

/* The sentence `key`, with `{name}` replaced. */
function t(key, values = {}) {
  const sentence = INDEX.words[state.lang][key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/* The name of a code, e.g. `code("topic", "finance")`. */
const code = (list, value) => INDEX.codes[list][value]?.[state.lang] ?? String(value);

/* Codes of a list with their names, for a select. */
const codeOptions = (list) => Object.keys(INDEX.codes[list]).map((value) => [value, code(list, value) || value]);

const PLAIN = new Intl.NumberFormat("en", { useGrouping: false, maximumFractionDigits: 20 });

/* A JSON number as digits without exponent or grouping. */
const digits = (number) => PLAIN.format(number);

/* `digits` divided by ten to the power of `places`, exactly. */
function shifted(text, places) {
  const negative = text.startsWith("-");
  const [whole, fraction = ""] = text.replace("-", "").split(".");
  const padded = whole.padStart(places + 1, "0");
  const left = padded.slice(0, padded.length - places);
  const right = (padded.slice(padded.length - places) + fraction).replace(/0+$/, "");
  return (negative ? "-" : "") + left + (right ? "." + right : "");
}

const grouped = (text) => text.replace(/^(-?\d+)/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ","));

/* A number as people write it: 42148800 is 4,214.88万 in Chinese, 42,148,800 in English. Never rounded. `counted` keeps
   it in digits in Chinese too: an article that says 31260户 is not shown as 3.126万. */
function figure(number, counted = false) {
  const text = digits(number);
  if (state.lang === "zh" && !counted) {
    for (const [places, name] of [[8, "亿"], [4, "万"]]) {
      const short = shifted(text, places);
      if (Math.abs(number) >= 10 ** places && (short.split(".")[1] ?? "").length <= 4) return grouped(short) + name;
    }
  }
  return grouped(text);
}

function unitName(fact) {
  if (fact.unit === "count") {
    // 12个村 is counted in 个, 12座 is not; the mention tells, which ends with the measure word.
    const measured = state.lang === "zh" && /[个個箇](?:\([^)]*\))?$/.test(fact.mention ?? "");
    return fact.counted ? (measured ? "个" : "") + fact.counted : code("unit", "count");
  }
  return code("unit", fact.unit);
}

/* A fact's figure as it is read: 每户约3,000元; about 3,000 CNY per household. */
function quantity(fact) {
  if (fact.value === null || fact.value === undefined) return t("value_lost");
  const counted = /^[^万萬亿億]*\d[^万萬亿億]*$/.test(fact.mention ?? "");
  const number = figure(fact.value, counted) + (fact.upper === null || fact.upper === undefined ? "" : "–" + figure(fact.upper, counted));
  const qualifier = fact.qualifier === "exact" ? "" : code("qualifier", fact.qualifier);
  const per = (fact.per ?? []).map((one) => code("per", one));
  const unit = unitName(fact);
  if (state.lang === "zh") {
    const [before, after] = fact.qualifier === "over" ? ["", qualifier] : [qualifier, ""];
    return per.join("") + before + number + after + unit;
  }
  return [qualifier, unit === "%" ? number + unit : `${number} ${unit}`, ...per].filter(Boolean).join(" ");
}

const LISTING = { zh: "、", en: ", " };
const listing = (items) => items.join(LISTING[state.lang]);
