// The shapes of pins and cluster rings, the same as the drawn map has.
const SVG = "http://www.w3.org/2000/svg";
const PIN = "M0 0C-5-9-17-13-17-27A17 17 0 0 1 17-27C17-13 5-9 0 0z";

function element(name, attributes, text) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

export function pinShape(row) {
  const svg = element("svg", { viewBox: "-20 -48 40 52", width: 40, height: 52, "aria-hidden": "true" });
  svg.append(element("path", { d: PIN }), element("text", { y: -21 }, row));
  return svg;
}

export function ringShape(parts) {
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const radius = 17 + Math.min(11, Math.sqrt(count) * 2.1);
  const round = 2 * Math.PI * radius;
  const gap = parts.length > 1 ? 3 : 0;
  const svg = element("svg", { viewBox: "-32 -32 64 64", width: 64, height: 64, "aria-hidden": "true" });
  svg.append(element("circle", { class: "cluster-disc", r: radius + 4 }));
  let start = 0;
  for (const part of parts) {
    const length = (round * part.count) / Math.max(1, count);
    svg.append(
      element("circle", {
        class: `cluster-arc k-${part.kind}`,
        r: radius,
        "stroke-dasharray": `${Math.max(0.1, length - gap)} ${round - length + gap}`,
        "stroke-dashoffset": -start,
        transform: "rotate(-90)",
      }),
    );
    start += length;
  }
  svg.append(element("text", { y: 5.5 }, count));
  return svg;
}
