// Draws the charts of a page, lets a brush over time filter all pages, moves actors of a network.
// No word of a page is ever run: Vega's own expressions go through its interpreter.

const root = document.documentElement;
const DAY = 86400000;
let here = location.pathname + location.search;

/** Value of a custom property of the style, as the page shows it now. */
function colour(name) {
  return getComputedStyle(root).getPropertyValue(name).trim();
}

/** A specification with the page's colours in place of `var(--name)`. */
function coloured(value) {
  if (typeof value === "string") {
    const found = /^var\((--[a-z]+)\)$/.exec(value);
    return found ? colour(found[1]) : value;
  }
  if (Array.isArray(value)) return value.map(coloured);
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, coloured(one)]));
  }
  return value;
}

function theme() {
  const ink = colour("--ink");
  const soft = colour("--soft");
  const line = colour("--line");
  const text = { labelColor: soft, titleColor: ink, labelFontSize: 11, titleFontSize: 11 };
  return {
    background: null,
    font: getComputedStyle(document.body).fontFamily,
    axis: { ...text, domainColor: line, tickColor: line, gridColor: line },
    legend: { ...text, titleFontWeight: "normal" },
    title: { color: ink },
  };
}

/** As wide as its place allows; panels of one chart alike. */
function fitted(spec, place) {
  const wide = place.clientWidth;
  if (spec.vconcat) {
    const width = Math.max(220, wide - 64);
    return { ...spec, vconcat: spec.vconcat.map((panel) => ({ ...panel, width })) };
  }
  if (spec.projection) {
    const width = Math.max(280, wide - 12);
    return { ...spec, width, height: Math.min(spec.height, 0.75 * width) };
  }
  return spec.layer ? { ...spec, width: Math.max(180, wide - 130) } : spec;
}

/** The text of a JSON element of the page as a value. */
function held(id) {
  return JSON.parse(document.getElementById(id).textContent);
}

const drawn = new WeakMap();
let spots = {};

async function draw(place) {
  const spec = fitted(coloured(held(place.dataset.spec)), place);
  if (place.dataset.outlines) {
    const outlines = (await import(place.dataset.outlines)).default;
    spec.datasets = { outlines };
  }
  if (place.dataset.brush) spec.params = brushed(spec.params);
  const isNet = place.classList.contains("net");
  // actors that were drawn before stay where they were
  if (isNet) spec.data[0].values = spec.data[0].values.map((one) => ({ ...one, ...spots[one.name] }));
  const before = drawn.get(place);
  const result = await window.vegaEmbed(place, spec, {
    ast: true,
    actions: false,
    renderer: "svg",
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
    config: theme(),
  });
  if (before) before.finalize();
  drawn.set(place, result);
  const svg = place.querySelector("svg");
  svg?.setAttribute("aria-hidden", "true");
  const frame = place.closest(".scroll");
  if (frame && !before) frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2;
  if (svg && isNet) movable(result.view, svg);
  if (place.dataset.brush) listen(result.view, document.getElementById(place.dataset.brush));
  place.dataset.drawn = "yes";
}

// -- time

const iso = (time) => new Date(time).toISOString().slice(0, 10);

/** The brush over the days that are chosen already, by an address or before a drawing anew. */
function brushed(params) {
  const { first, last } = document.getElementById("days").elements;
  const ends = [first.value, last.value].map((day) => (day.length === 10 ? Date.parse(day) : NaN));
  const mark = { fill: colour("--ink"), fillOpacity: 0.12, stroke: colour("--soft") };
  params = params.map((one) => ({ ...one, select: { ...one.select, mark } }));
  if (!(ends[0] <= ends[1])) return params;
  const value = { x: [ends[0], ends[1] + DAY] };
  return params.map((one) => ({ ...one, value }));
}

/** When the brush rests, fetch the acts of its days. */
function listen(view, list) {
  let waiting = 0;
  view.addSignalListener("brush", (_, value) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const days = value && Object.values(value)[0];
      if (!days || days.length < 2) return show(list, "", "");
      const [first, last] = [Math.min(...days), Math.max(...days)];
      show(list, iso(first), iso(Math.max(first, last - DAY / 2)));
    }, 120);
  });
}

/** An address with some of its parameters set anew; empty ones are taken out. */
function changed(address, params) {
  const url = new URL(address, location.href);
  for (const [key, value] of Object.entries(params)) {
    if (value) url.searchParams.set(key, value);
    else url.searchParams.delete(key);
  }
  return url;
}

let asking = new AbortController();

async function show(list, first, last) {
  asking.abort();
  asking = new AbortController();
  const form = document.getElementById("days");
  form.elements.first.value = first;
  form.elements.last.value = last;
  const url = changed(list.dataset.from, { first, last, in: form.elements.in.value });
  list.setAttribute("aria-busy", "true");
  try {
    const reply = await fetch(url, { signal: asking.signal, headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const main = reply.ok ? page.body : page.querySelector("main");
    list.replaceChildren(...main.childNodes);
    history.replaceState(null, "", changed(location.href, { first, last, page: "" }));
    here = location.pathname + location.search;
    for (const link of document.querySelectorAll("a[data-days]")) {
      link.href = changed(link.href, { first, last });
    }
  } catch (error) {
    if (error.name !== "AbortError") list.textContent = "The workbench does not answer. Is it still running?";
  } finally {
    list.removeAttribute("aria-busy");
  }
}

// -- the network

/** Let actors be dragged, and one that is only chosen bring its ties. */
function movable(view, svg) {
  const items = () => view.scenegraph().root.items[0].items.find((one) => one.name === "dots").items;
  const [left, top] = view.origin();
  const remember = () => {
    for (const one of items()) spots[one.datum.name] = { x0: one.x, y0: one.y };
    const [xs, ys] = ["x", "y"].map((axis) => items().map((one) => one[axis]));
    const [x, y] = [Math.min(...xs) - 40, Math.min(...ys) - 30];
    const box = [x + left, y + top, Math.max(...xs) - x + 40, Math.max(...ys) - y + 20];
    svg.setAttribute("viewBox", box.join(" "));
  };
  remember();
  view.addEventListener("pointerdown", (event, item) => {
    if (item?.mark?.name !== "dots") return;
    event.preventDefault();
    const start = [event.clientX, event.clientY];
    const toDrawing = svg.getScreenCTM().inverse();
    let isMoved = false;
    const move = (now) => {
      isMoved ||= Math.hypot(now.clientX - start[0], now.clientY - start[1]) > 4;
      if (!isMoved) return;
      const at = new DOMPoint(now.clientX, now.clientY).matrixTransform(toDrawing);
      const moved = { node: item, x: at.x - left, y: at.y - top };
      view.signal("still", false).signal("moved", moved).runAsync();
    };
    const end = () => {
      removeEventListener("pointermove", move);
      if (isMoved) setTimeout(remember, 600);
      else open(item.datum.name);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", end, { once: true });
  });
}

/** Add the ties of an actor, or take them away again. */
function open(code) {
  const codes = new Set((new URL(location.href).searchParams.get("with") ?? "").split(",").filter(Boolean));
  if (!codes.delete(code)) codes.add(code);
  swap(changed(location.href, { with: [...codes].join(",") }));
}

// -- the next page in place of this one

async function swap(address, isNew = true) {
  const main = document.getElementById("main");
  main.setAttribute("aria-busy", "true");
  const focused = document.activeElement?.id;
  try {
    const reply = await fetch(address, { headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    if (isNew) history.pushState(null, "", address);
    here = location.pathname + location.search;
    document.title = page.title;
    for (const part of [".top nav", "#main", "footer"]) {
      const fresh = page.querySelector(part); // a message of an error has no pages at its head
      if (fresh) document.querySelector(part)?.replaceWith(fresh);
    }
    begin();
    document.getElementById(focused)?.focus({ preventScroll: true });
  } catch {
    location.assign(address);
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-swap]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  swap(link.href);
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("form[data-swap]")) return;
  event.preventDefault();
  const given = [...new FormData(event.target)].filter(([, value]) => value);
  swap(`${event.target.getAttribute("action")}?${new URLSearchParams(given)}`);
});
document.addEventListener("change", (event) => {
  const steps = event.target.dataset?.steps;
  if (!steps) return;
  const { first, last } = held(steps)[event.target.value];
  swap(changed(location.href, { first, last }));
});
addEventListener("popstate", () => {
  if (here === location.pathname + location.search) return; // only a place on this page
  if (document.querySelector("[data-swap]")) swap(location.href, false);
  else location.reload();
});

// -- the page

function begin() {
  for (const one of document.querySelectorAll(".slide")) one.hidden = false;
  if (window.vegaEmbed) drawAll();
}

function drawAll() {
  for (const place of document.querySelectorAll(".draw")) {
    draw(place).catch((error) => {
      place.textContent = "This drawing cannot be shown; the table below has its numbers.";
      console.error(error);
    });
  }
}

begin();
if (!window.vegaEmbed) addEventListener("load", drawAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
let resizing = 0;
let width = root.clientWidth;
addEventListener("resize", () => {
  clearTimeout(resizing);
  resizing = setTimeout(() => {
    if (root.clientWidth !== width) drawAll();
    width = root.clientWidth;
  }, 200);
});
