/* The world map, made movable.

   The server draws <svg class="worldmap" data-map viewBox="…"> with every city a link, so the map is
   complete without this file. Here it learns to pan and zoom; near dots are gathered into clusters
   with a count. Every dot stays a link in the order of the page: one that a cluster hides appears as
   soon as it is focused.

   Wheel zooms with Ctrl or once the map has focus; pinch always; one finger pans when zoomed in, so
   that a page can be scrolled past the map. Keys, with the focus in the map: + - 0 and the arrows.

   Made here, to be styled: .map-controls (buttons .map-in, .map-out, .map-reset), .map-tooltip,
   .map-cluster (.map-cluster-ground, a .map-cluster-share.f-… per field, text), .is-clustered on links and
   .is-live on the svg. The svg's parent is the frame of buttons and tooltip and should hold nothing
   else. Words come from data-label-zoom-in, data-label-zoom-out and data-label-reset of the svg; a link
   may carry data-name for the tooltip of clusters. */

import { Supercluster, select, zoom, zoomIdentity } from "./vendor/map-vendor.js";

const SVG = "http://www.w3.org/2000/svg";
const CLOSEST = 40; // largest magnification, more on small screens until every dot stands alone
const GATHER = [20, 3.5]; // dots nearer than this many pixels form a cluster: on a phone, on a desk
const WORLD = 128; // width in pixels of the world at cluster level 0
const LEVELS = 7; // beyond this level nothing is gathered
const DOT = 4; // smallest radius of a dot, pixels
const TARGET = 12; // radius of what can be hit, pixels
const PACE = 300; // milliseconds of a step

const enhanced = new WeakSet();

/** An SVG element with attributes, appended to a parent. */
function draw(parent, name, attributes = {}) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  parent.append(element);
  return element;
}

/** Map units to the degrees supercluster works in, and back; `width` units are 360 degrees. */
function toDegrees(x, y, width) {
  const mercator = Math.PI * (1 - (2 * y) / width);
  return [(x / width - 0.5) * 360, (Math.atan(Math.sinh(mercator)) * 180) / Math.PI];
}

function fromDegrees([longitude, latitude], width) {
  const mercator = Math.asinh(Math.tan((latitude * Math.PI) / 180));
  return [(longitude / 360 + 0.5) * width, (0.5 - mercator / (2 * Math.PI)) * width];
}

/** The cities of a map: link, dot, place and field. */
function readCities(group) {
  return Array.from(group.querySelectorAll("a"), (link) => {
    const dot = link.querySelector("circle");
    if (!dot) return null;
    const x = Number(link.dataset.x ?? dot.getAttribute("cx"));
    const y = Number(link.dataset.y ?? dot.getAttribute("cy"));
    const field = Array.from(link.classList).find((name) => name.startsWith("f-")) ?? "";
    const target = draw(link, "circle", { fill: "none", "pointer-events": "all" });
    return { link, dot, target, x, y, field, radius: Number(dot.getAttribute("r")) || 3 };
  }).filter(Boolean);
}

/** Makes one map movable; a second call on the same map does nothing. */
export function enhance(svg) {
  const group = svg.querySelector(".map-cities");
  if (!group || enhanced.has(svg)) return;
  enhanced.add(svg);

  const { x: left, y: top, width, height } = svg.viewBox.baseVal;
  const ground = Array.from(svg.children).filter(
    (child) => child !== group && !["title", "desc", "defs", "style"].includes(child.localName),
  );
  const cities = readCities(group);
  const byLink = new Map(cities.map((city) => [city.link, city]));
  const layer = document.createElementNS(SVG, "g");
  layer.setAttribute("class", "map-clusters");
  layer.setAttribute("aria-hidden", "true");
  group.before(layer);

  const index = new Supercluster({ radius: matchMedia("(max-width: 40rem)").matches ? GATHER[0] : GATHER[1], extent: WORLD, maxZoom: LEVELS });
  index.load(
    cities.map((city, position) => ({
      type: "Feature",
      properties: { position },
      geometry: { type: "Point", coordinates: toDegrees(city.x - left, city.y - top, width) },
    })),
  );

  let view = zoomIdentity;
  let unit = 1; // map units in a pixel
  let closest = CLOSEST;
  let level = null;
  let clusters = [];
  let shown = null; // what the tooltip speaks of

  const behaviour = zoom()
    .extent([[left, top], [left + width, top + height]])
    .translateExtent([[left, top], [left + width, top + height]])
    .clickDistance(4)
    .filter(mayMove)
    .on("zoom", (event) => {
      view = event.transform;
      place();
    });
  const stage = select(svg).call(behaviour).on("dblclick.zoom", null);
  svg.setAttribute("tabindex", "-1");

  const home = svg.parentElement;
  if (getComputedStyle(home).position === "static") home.style.position = "relative";
  const tooltip = makeTooltip(home);
  const controls = makeControls(home, svg, {
    in: () => scaleBy(2),
    out: () => scaleBy(0.5),
    reset: () => behaviour.transform(moving(), zoomIdentity),
  });

  /** What the pointer may do to the map without getting in the way of the page. */
  function mayMove(event) {
    if (event.type === "wheel") return event.ctrlKey || svg.contains(document.activeElement);
    if (event.touches) return event.touches.length > 1 || view.k > 1;
    return !event.button && !event.ctrlKey;
  }

  /** The stage, moving gently unless the reader asked for stillness. */
  function moving() {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    return still ? stage : stage.transition().duration(PACE);
  }

  function scaleBy(factor) {
    behaviour.scaleBy(moving(), factor);
  }

  /** Puts everything where the present view has it. */
  function place() {
    const now = Math.floor(Math.log2((view.k * width) / unit / WORLD));
    if (now !== level) gather(now);
    for (const part of ground) part.setAttribute("transform", view.toString());
    for (const city of cities) {
      const [x, y] = view.apply([city.x, city.y]);
      for (const circle of [city.dot, city.target]) {
        circle.setAttribute("cx", x.toFixed(2));
        circle.setAttribute("cy", y.toFixed(2));
      }
      city.at = [x, y];
    }
    for (const cluster of clusters) {
      cluster.at = view.apply(cluster.centre);
      cluster.element.setAttribute("transform", `translate(${cluster.at.map((n) => n.toFixed(2))})`);
    }
    svg.style.touchAction = view.k > 1 ? "none" : "pan-x pan-y";
    controls.out.disabled = controls.reset.disabled = view.k <= 1;
    controls.in.disabled = view.k >= closest;
    point();
  }

  /** Forms the clusters of a level and hides the dots within them. */
  function gather(now) {
    level = now;
    layer.replaceChildren();
    const found = index.getClusters([-180, -85, 180, 85], Math.max(0, level));
    const loose = new Set();
    clusters = [];
    for (const feature of found) {
      if (feature.properties.cluster) clusters.push(drawCluster(feature));
      else loose.add(cities[feature.properties.position]);
    }
    for (const city of cities) city.link.classList.toggle("is-clustered", !loose.has(city));
    hide();
  }

  /** Dots in a cluster are unseen and cannot be hit, except the one with the focus. */
  function hide() {
    for (const city of cities) {
      const away =
        city.link.classList.contains("is-clustered") && city.link !== document.activeElement;
      city.link.style.opacity = away ? "0" : "";
      city.link.style.pointerEvents = away ? "none" : "";
      city.target.style.pointerEvents = away ? "none" : "";
    }
  }

  function drawCluster({ id, properties, geometry }) {
    const members = index.getLeaves(id, Infinity).map((leaf) => cities[leaf.properties.position]);
    const [x, y] = fromDegrees(geometry.coordinates, width);
    const element = draw(layer, "g", { class: "map-cluster" });
    const cluster = { element, members, centre: [x + left, y + top], at: [0, 0] };
    draw(element, "circle", { class: "map-cluster-ground", fill: "Canvas", r: 1 });
    drawRing(element, members);
    cluster.text = draw(element, "text", { "text-anchor": "middle", "dominant-baseline": "central", fill: "CanvasText" });
    cluster.text.textContent = properties.point_count;
    element.style.cursor = "zoom-in";
    element.addEventListener("click", () => open(cluster, id));
    element.addEventListener("pointerenter", () => tell(cluster));
    element.addEventListener("pointerleave", () => tell(null));
    size(cluster);
    return cluster;
  }

  /** A ring of the fields in a cluster, each as long as its share. */
  function drawRing(element, members) {
    const counts = new Map();
    for (const { field } of members) counts.set(field, (counts.get(field) ?? 0) + 1);
    let start = 0;
    for (const [field, count] of Array.from(counts).sort()) {
      const share = (100 * count) / members.length;
      draw(element, "circle", {
        class: `map-cluster-share ${field}`.trim(),
        fill: "none",
        stroke: "currentColor",
        pathLength: 100,
        "stroke-dasharray": `${share} ${100 - share}`,
        "stroke-dashoffset": 25 - start,
      });
      start += share;
    }
  }

  function size(cluster) {
    const radius = (8.5 + 1.1 * Math.log2(cluster.members.length)) * unit;
    for (const circle of cluster.element.querySelectorAll("circle")) {
      circle.setAttribute("r", radius.toFixed(2));
      circle.setAttribute("stroke-width", (3 * unit).toFixed(2));
    }
    cluster.text.style.fontSize = `${11 * unit}px`;
  }

  /** Zooms in until a cluster falls apart. */
  function open(cluster, id) {
    const until = index.getClusterExpansionZoom(id);
    const k = Math.min(closest, Math.max(view.k * 1.5, (2 ** until * WORLD * unit) / width));
    const [x, y] = cluster.centre;
    const middle = [left + width / 2, top + height / 2];
    tell(null);
    behaviour.transform(
      moving(),
      zoomIdentity.translate(middle[0] - k * x, middle[1] - k * y).scale(k),
    );
  }

  /** Sets whose name the tooltip shows: a city, a cluster or nothing. */
  function tell(subject) {
    shown = subject;
    tooltip.hidden = !subject;
    if (!subject) return;
    tooltip.textContent = subject.members
      ? names(subject.members)
      : subject.link.getAttribute("aria-label");
    point();
  }

  function names(members) {
    const few = members.slice(0, 5).map((city) => city.link.dataset.name ?? short(city));
    return few.join(" · ") + (members.length > few.length ? " …" : "");
  }

  function short(city) {
    return (city.link.getAttribute("aria-label") ?? "").split(/[,،，(（]/u)[0].trim();
  }

  /** Puts the tooltip above its subject, within the frame. */
  function point() {
    if (!shown) return;
    const matrix = svg.getScreenCTM();
    const frame = home.getBoundingClientRect();
    const place = new DOMPoint(...shown.at).matrixTransform(matrix);
    const half = tooltip.offsetWidth / 2;
    const x = Math.min(Math.max(place.x - frame.left, half + 4), frame.width - half - 4);
    const above = place.y - frame.top - 18 - tooltip.offsetHeight;
    const y = above < 0 ? place.y - frame.top + 18 : above;
    tooltip.style.transform = `translate(${Math.round(x - half)}px, ${Math.round(y)}px)`;
  }

  /** Brings a city that got the focus by keyboard into the frame. */
  function reveal(city) {
    hide();
    const [x, y] = city.at;
    const inside = x > left && x < left + width && y > top && y < top + height;
    if (!inside) behaviour.translateTo(stage, city.x, city.y);
    tell(city);
  }

  function measure() {
    const shownWidth = svg.getBoundingClientRect().width;
    if (!shownWidth) return;
    unit = width / shownWidth;
    closest = Math.max(CLOSEST, (2 ** (LEVELS + 1) * WORLD) / shownWidth);
    behaviour.scaleExtent([1, closest]);
    for (const city of cities) {
      city.dot.setAttribute("r", Math.max(city.radius, DOT * unit).toFixed(2));
      city.target.setAttribute("r", (TARGET * unit).toFixed(2));
    }
    level = null;
    place();
  }

  const cityOf = (event) => byLink.get(event.target.closest?.("a"));
  group.addEventListener("pointerover", (event) => tell(cityOf(event) ?? null));
  group.addEventListener("pointerout", () => tell(byLink.get(document.activeElement) ?? null));
  group.addEventListener("focusin", (event) => {
    const city = cityOf(event);
    if (city) reveal(city);
  });
  group.addEventListener("focusout", () => {
    tell(null);
    requestAnimationFrame(hide);
  });
  svg.addEventListener("pointerdown", (event) => {
    if (!event.target.closest("a")) svg.focus({ preventScroll: true });
  });
  svg.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = (60 * unit) / view.k;
    const moves = { ArrowLeft: [step, 0], ArrowRight: [-step, 0], ArrowUp: [0, step], ArrowDown: [0, -step] };
    if (event.key === "Escape") return tell(null);
    if (event.key === "+" || event.key === "=") scaleBy(2);
    else if (event.key === "-") scaleBy(0.5);
    else if (event.key === "0") behaviour.transform(moving(), zoomIdentity);
    else if (moves[event.key] && view.k > 1) behaviour.translateBy(stage, ...moves[event.key]);
    else return;
    event.preventDefault();
  });
  new ResizeObserver(measure).observe(svg);
  measure();
  svg.classList.add("is-live");
}

/** The floating name; the link itself carries it for screen readers. */
function makeTooltip(home) {
  home.querySelector(":scope > .map-tooltip")?.remove();
  const tooltip = document.createElement("div");
  tooltip.className = "map-tooltip";
  tooltip.hidden = true;
  tooltip.dir = "auto";
  tooltip.setAttribute("aria-hidden", "true");
  Object.assign(tooltip.style, {
    position: "absolute",
    left: "0",
    top: "0",
    width: "max-content",
    maxWidth: "min(18rem, 90%)",
    pointerEvents: "none",
  });
  home.append(tooltip);
  return tooltip;
}

/** Buttons for those who neither pinch nor scroll. */
function makeControls(home, svg, verbs) {
  home.querySelector(":scope > .map-controls")?.remove();
  const bar = document.createElement("div");
  bar.className = "map-controls";
  bar.setAttribute("role", "group");
  const make = (verb, label, sign) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `map-${verb}`;
    button.textContent = sign;
    button.title = label ?? "";
    button.setAttribute("aria-label", label ?? sign);
    button.addEventListener("click", verbs[verb]);
    bar.append(button);
    return button;
  };
  const { labelZoomIn, labelZoomOut, labelReset } = svg.dataset;
  const buttons = {
    in: make("in", labelZoomIn, "+"),
    out: make("out", labelZoomOut, "−"),
    reset: make("reset", labelReset, "↺"),
  };
  bar.setAttribute("aria-label", svg.getAttribute("aria-label") ?? labelReset ?? "");
  home.append(bar);
  return buttons;
}

function enhanceAll() {
  for (const svg of document.querySelectorAll("svg[data-map]")) enhance(svg);
}

enhanceAll();
for (const name of ["htmx:after:swap", "htmx:afterSwap"]) document.addEventListener(name, enhanceAll);
