/* Spans of a text: pure functions. Every offset of a report counts code points; a string of the browser counts UTF-16
   units, so nothing indexes a text but through `Points`. */

class Points {
  constructor(text) {
    this.text = text;
    this.units = null;
    this.length = text.length;
    if (/[\ud800-\udfff]/.test(text)) {
      const units = new Uint32Array(text.length + 1);
      let n = 0;
      for (let at = 0; at < text.length; at += text.codePointAt(at) > 0xffff ? 2 : 1) units[n++] = at;
      units[n] = text.length;
      this.units = units.subarray(0, n + 1);
      this.length = n;
    }
  }

  slice(start, end) {
    return this.units ? this.text.slice(this.units[start], this.units[end]) : this.text.slice(start, end);
  }

  /* The code point at which UTF-16 unit `unit` stands. */
  point(unit) {
    return this.units ? firstIndex(this.units.length, (i) => this.units[i] >= unit) : unit;
  }
}

/* How many code points a string has. */
const pointsIn = (text) => new Points(text).length;

/* The first index below `n` that satisfies a condition which, once true, stays true; `n` where none does. */
function firstIndex(n, holds) {
  let low = 0;
  let high = n;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

const meet = (one, other) => one[0] < other[1] && other[0] < one[1];

/* How the clean text stands to the raw text; `runs` are `[raw start, raw length, clean length]`. */
class Alignment {
  constructor(runs) {
    let clean = 0;
    this.runs = runs.map(([raw, rawLength, length]) => {
      const run = { raw, rawEnd: raw + rawLength, clean, cleanEnd: clean + length, even: rawLength === length };
      clean += length;
      return run;
    });
    this.cleanLength = clean;
  }

  /* The clean span of all characters that stand for any of the raw span; empty where all of it was removed. */
  toClean(start, end) {
    const first = firstIndex(this.runs.length, (i) => this.runs[i].rawEnd > start);
    const past = firstIndex(this.runs.length, (i) => this.runs[i].raw >= end);
    if (first >= past) {
      const at = first < this.runs.length ? this.runs[first].clean : this.cleanLength;
      return [at, at];
    }
    const [a, b] = [this.runs[first], this.runs[past - 1]];
    const from = a.even ? a.clean + Math.max(0, start - a.raw) : a.clean;
    const to = b.even ? b.cleanEnd - Math.max(0, b.rawEnd - end) : b.cleanEnd;
    return [from, to];
  }

  /* The raw span of a clean span that is not empty. */
  toRaw(start, end) {
    const a = this.runs[firstIndex(this.runs.length, (i) => this.runs[i].cleanEnd > start)];
    const b = this.runs[firstIndex(this.runs.length, (i) => this.runs[i].cleanEnd >= end)];
    const from = a.even ? a.raw + (start - a.clean) : a.raw;
    const to = b.even ? b.rawEnd - (b.cleanEnd - end) : b.rawEnd;
    return [from, to];
  }

  /* The first clean character that stands for raw text at or after `at`. */
  cleanFrom(at) {
    const run = this.runs[firstIndex(this.runs.length, (i) => this.runs[i].rawEnd > at)];
    if (!run) return this.cleanLength;
    if (run.raw >= at) return run.clean;
    return run.even ? run.clean + (at - run.raw) : run.cleanEnd;
  }

  /* What repair did, in order: `{raw: [a, b], clean: [c, d], kind}`. Characters that only changed script are not
     listed (in a Traditional article that is every third one), nor are spaces of another width. */
  repairs(raw, clean) {
    const found = [];
    let done = 0;
    for (const run of this.runs) {
      if (run.raw > done) found.push({ raw: [done, run.raw], clean: [run.clean, run.clean], kind: "removed" });
      found.push(...(run.even ? changed(run, raw, clean) : [stretch(run, raw, clean)]));
      done = Math.max(done, run.rawEnd);
    }
    if (raw.length > done) {
      found.push({ raw: [done, raw.length], clean: [this.cleanLength, this.cleanLength], kind: "removed" });
    }
    return found.filter((repair) => repair !== null);
  }
}

const LOST = "\ufffd";
const HAN = /^\p{Script=Han}$/u;

function changed(run, raw, clean) {
  const [before, after] = [Array.from(raw.slice(run.raw, run.rawEnd)), Array.from(clean.slice(run.clean, run.cleanEnd))];
  const found = [];
  after.forEach((character, i) => {
    const lost = character === LOST;
    const alike = character === before[i] || (HAN.test(character) && HAN.test(before[i])) || (character + before[i]).trim() === "";
    if (!lost && alike) return;
    const [a, c] = [run.raw + i, run.clean + i];
    found.push({ raw: [a, a + 1], clean: [c, c + 1], kind: lost ? "lost" : "form" });
  });
  return found;
}

/* Several characters that became others: words restored, or punctuation put right. */
function stretch(run, raw, clean) {
  const [before, after] = [raw.slice(run.raw, run.rawEnd), clean.slice(run.clean, run.cleanEnd)];
  const kind = after.includes(LOST) ? "lost" : /[\p{L}\p{N}]/u.test(before + after) ? "restored" : "form";
  return { raw: [run.raw, run.rawEnd], clean: [run.clean, run.cleanEnd], kind };
}

/* For each of the ranges, which stand in order, its segments. */
function segmentsOf(ranges, marks) {
  const waiting = [...marks].sort((a, b) => a.span[0] - b.span[0]);
  let next = 0;
  let open = [];
  return ranges.map(([start, end]) => {
    while (next < waiting.length && waiting[next].span[0] < end) open.push(waiting[next++]);
    open = open.filter((mark) => mark.span[1] > start);
    return segments(start, end, open.filter((mark) => meet(mark.span, [start, end])));
  });
}

/* A range cut at every edge of a mark: `{start, end, marks}` in order, the shortest mark first. Marks may cross and
   nest; a mark is `{key, span}` and meets the range. */
function segments(start, end, inside) {
  if (start >= end) return [];
  const edges = new Set([start, end]);
  for (const { span } of inside) {
    if (span[0] > start) edges.add(span[0]);
    if (span[1] < end) edges.add(span[1]);
  }
  const cuts = [...edges].sort((a, b) => a - b);
  const waiting = [...inside].sort((a, b) => a.span[0] - b.span[0]);
  let open = [];
  let next = 0;
  const found = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    open = open.filter((mark) => mark.span[1] > cuts[i]);
    while (next < waiting.length && waiting[next].span[0] <= cuts[i]) open.push(waiting[next++]);
    const here = [...open].sort((a, b) => a.span[1] - a.span[0] - (b.span[1] - b.span[0]));
    found.push({ start: cuts[i], end: cuts[i + 1], marks: here });
  }
  return found;
}

const LONGEST_BLOCK = 2000;

/* The lines of a text as spans without their line ends. A line of a megabyte is laid out in parts, cut where no number
   stands, so that lighting up one number does not lay out all of it again. */
function blocks(points, marks) {
  const found = [];
  const busy = marks.map((mark) => mark.span).sort((a, b) => a[0] - b[0]);
  let start = 0;
  for (const line of points.text.split(/\r\n|\r|\n/)) {
    const end = start + pointsIn(line);
    found.push(...parts(start, end, busy));
    start = end;
    const after = points.slice(start, Math.min(points.length, start + 2));
    start += after.startsWith("\r\n") ? 2 : 1;
  }
  return found;
}

function parts(start, end, busy) {
  const found = [];
  while (end - start > LONGEST_BLOCK) {
    let cut = start + LONGEST_BLOCK;
    for (let i = firstIndex(busy.length, (k) => busy[k][1] > cut); i < busy.length && busy[i][0] < cut; i++) {
      cut = Math.max(cut, busy[i][1]);
    }
    if (cut >= end) break;
    found.push([start, cut]);
    start = cut;
  }
  found.push([start, end]);
  return found;
}
