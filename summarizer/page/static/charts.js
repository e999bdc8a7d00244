/* Small charts as inline SVG. A chart is never alone: its numbers stand beside it as text. */

/* The middle of a period as a year with a fraction: 2018 is 2018.5, 2018-03 is 2018.2, an interval its end. */
function yearOf(period) {
  const [year, month] = period.split("/").at(-1).split("-").map(Number);
  return month === undefined ? year + 0.5 : year + (month - 0.5) / 12;
}

/* Points `{x, y}` from left to right in a box; one point is a dot. */
function placed(points, width, height, padding) {
  const [xs, ys] = [points.map((p) => p.x), points.map((p) => p.y)];
  const scale = (value, low, high, from, to) => (high === low ? (from + to) / 2 : from + ((value - low) / (high - low)) * (to - from));
  const floor = Math.min(0, ...ys);
  return points.map((p) => ({
    ...p,
    left: scale(p.x, Math.min(...xs), Math.max(...xs), padding, width - padding),
    top: scale(p.y, floor, Math.max(...ys), height - padding, padding),
  }));
}

/* A line through the first point of each time: two figures of one year are two dots, not a fall. */
function pathOf(points) {
  const first = points.filter((p, i) => i === 0 || p.x !== points[i - 1].x);
  return first.map((p, i) => `${i ? "L" : "M"}${p.left.toFixed(1)} ${p.top.toFixed(1)}`).join("");
}

function sparkline(points) {
  const [width, height] = [84, 26];
  const dots = placed(points, width, height, 4);
  return svg(
    "svg",
    { class: "spark", viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true" },
    svg("path", { class: "line", d: pathOf(dots) }),
    dots.map((p, i) => svg("circle", { class: i === dots.length - 1 ? "dot last" : "dot", cx: p.left, cy: p.top, r: i === dots.length - 1 ? 2.6 : 1.6 })),
  );
}

/* A chart with its values written at the points; `label` says it to a screen reader. */
function lineChart(points, label) {
  const [width, height, padding] = [460, 190, 34];
  const dots = placed(points, width, height, padding);
  const lowest = height - padding;
  return svg(
    "svg",
    { class: "chart", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
    svg("path", { class: "axis", d: `M${padding - 10} ${lowest}H${width - padding + 10}` }),
    svg("path", { class: "line", d: pathOf(dots) }),
    dots.map((p, i) => [
      svg("circle", { class: p.odd ? "dot odd" : "dot", cx: p.left, cy: p.top, r: 4 }),
      svg("text", { class: "value", x: p.left, y: p.top - 9, "text-anchor": "middle" }, p.text),
      (i === 0 || p.name !== dots[i - 1].name) &&
        svg("text", { class: "year", x: p.left, y: height - 12, "text-anchor": "middle" }, p.name),
    ]),
  );
}
