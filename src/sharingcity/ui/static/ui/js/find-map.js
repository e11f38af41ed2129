// Takes over the drawn map: it can be moved, and pins and rows light up together. Without script the drawing stays.
import { pinShape, ringShape } from "./map-shapes.js";

const number = (text) => Number.parseFloat(text);

function spotOf(link) {
  const { kind, row, cluster, lat, lng } = link.dataset;
  const parts = (cluster ?? "").trim().split(" ").filter(Boolean).map((part) => {
    const [name, count] = part.split(":");
    return { kind: name, count: Number(count) };
  });
  return { kind, row, parts, at: [number(lat), number(lng)], href: link.getAttribute("href"), label: link.textContent };
}

function linkFor(spot) {
  const link = document.createElement("a");
  link.href = spot.href;
  link.setAttribute("aria-label", spot.label);
  link.className = spot.row ? `pin k-${spot.kind}` : "cluster";
  link.append(spot.row ? pinShape(spot.row) : ringShape(spot.parts));
  return link;
}

function placeSpot(map, spot) {
  const size = spot.row ? [36, 48] : [60, 60];
  const icon = L.divIcon({
    className: "map-holder",
    html: linkFor(spot),
    iconSize: size,
    iconAnchor: spot.row ? [18, 46] : [30, 30],
  });
  const marker = L.marker(spot.at, { icon, keyboard: false, riseOnHover: true, zIndexOffset: spot.row ? -Number(spot.row) : -100 });
  return marker.addTo(map);
}

// The row and its pin are one thing in two places.
function keepInStep(spot, marker) {
  const row = spot.row && document.querySelector(`[data-row="${CSS.escape(spot.row)}"]`);
  const pin = marker.getElement()?.firstElementChild;
  if (!row || !pin) return;
  const light = (on) => {
    row.classList.toggle("is-lit", on);
    pin.classList.toggle("is-on", on);
    marker.setZIndexOffset(on ? 1000 : -Number(spot.row));
  };
  for (const part of [row, pin]) {
    part.addEventListener("pointerenter", () => light(true));
    part.addEventListener("pointerleave", () => light(false));
    part.addEventListener("focusin", () => light(true));
    part.addEventListener("focusout", () => light(false));
  }
}

async function drawDistricts(map, url) {
  const answer = await fetch(url, { headers: { Accept: "application/geo+json, application/json" } });
  if (!answer.ok) throw new Error(`districts: ${answer.status}`);
  const shapes = await answer.json();
  map.createPane("ground").style.zIndex = 300;
  // Under pins and rings: a name is never written over a number.
  map.createPane("names").style.zIndex = 350;
  const ground = L.geoJSON(shapes, {
    pane: "ground",
    interactive: false,
    style: ({ properties }) => ({
      className: properties.is_river ? "map-river" : properties.is_here ? "map-gu is-here" : "map-gu",
      fill: !properties.is_river,
    }),
    onEachFeature: ({ properties }, layer) => {
      if (properties.is_river) return;
      layer.bindTooltip(properties.name, { pane: "names", permanent: true, direction: "center", className: "map-word" });
    },
  }).addTo(map);
  keepRiverWide(map, ground);
}

// The river is a line with a width in metres.
const RIVER_METRES = 780;

function keepRiverWide(map, ground) {
  const widen = () => {
    const metresPerPixel = (156543 * Math.cos((map.getCenter().lat * Math.PI) / 180)) / 2 ** map.getZoom();
    ground.eachLayer((layer) => {
      if (layer.feature.properties.is_river) layer.setStyle({ weight: RIVER_METRES / metresPerPixel });
    });
  };
  widen();
  map.on("zoomend", widen);
}

function addReader(map, box) {
  const { lat, lng, reach, me } = box.dataset;
  const at = [number(lat), number(lng)];
  if (reach) L.circle(at, { radius: number(reach), className: "map-reach", fill: false, interactive: false }).addTo(map);
  if (!me) return;
  L.circleMarker(at, { radius: 8, className: "map-me", interactive: false })
    .bindTooltip(me, { permanent: true, direction: "right", offset: [10, 0], className: "map-word map-word-me" })
    .addTo(map);
}

function addTools(map, box) {
  const tools = document.createElement("div");
  tools.className = "map-tools";
  for (const [words, sign, act] of [
    [box.dataset.zoomIn, "+", () => map.zoomIn()],
    [box.dataset.zoomOut, "−", () => map.zoomOut()],
  ]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-line button-icon";
    button.setAttribute("aria-label", words);
    button.textContent = sign;
    button.addEventListener("click", act);
    tools.append(button);
  }
  box.append(tools);
}

// After the reader has moved the map, a link offers to search where it now lies.
function offerSearchHere(map, box) {
  const link = box.querySelector("[data-search-here]");
  if (!link) return;
  const base = link.getAttribute("href");
  const update = () => {
    const bounds = map.getBounds();
    const bbox = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()].map((n) => n.toFixed(5));
    link.href = `${base}${base.includes("?") ? "&" : "?"}bbox=${bbox.join(",")}`;
    link.hidden = false;
  };
  map.on("dragend", update);
  map.on("zoomend", update);
}

function fit(map, spots, box) {
  const pins = spots.filter((spot) => spot.row).map((spot) => spot.at);
  if (pins.length > 1 && !box.dataset.reach) map.fitBounds(pins, { padding: [48, 48], maxZoom: 15 });
  else map.setView([number(box.dataset.lat), number(box.dataset.lng)], number(box.dataset.zoom));
}

function startMap(box) {
  box.dataset.started = "";
  const canvas = document.createElement("div");
  canvas.className = "map-live";
  canvas.dir = "ltr";
  box.prepend(canvas);
  const map = L.map(canvas, { zoomControl: false, attributionControl: false, zoomSnap: 0.5, minZoom: 9, maxZoom: 18 });
  const spots = [...box.querySelectorAll(".map-spot")].map(spotOf);
  fit(map, spots, box);
  if (box.dataset.tiles) L.tileLayer(box.dataset.tiles).addTo(map);
  else if (box.dataset.districts) drawDistricts(map, box.dataset.districts).catch(() => giveUp(map, box, canvas));
  addReader(map, box);
  for (const spot of spots) keepInStep(spot, placeSpot(map, spot));
  addTools(map, box);
  offerSearchHere(map, box);
  box.classList.add("is-live");
  new ResizeObserver(() => map.invalidateSize()).observe(box);
}

// No shapes came: the drawing is the better map.
function giveUp(map, box, canvas) {
  map.remove();
  canvas.remove();
  box.querySelector(".map-tools")?.remove();
  box.classList.remove("is-live");
}

export function startMaps(root) {
  if (!window.L) return;
  for (const box of root.querySelectorAll("[data-map]:not([data-started])")) {
    if (box.dataset.districts || box.dataset.tiles) startMap(box);
  }
}

startMaps(document);
document.addEventListener("htmx:afterSwap", (event) => startMaps(event.target));
