// Draws the charts of a page and lets a brush over time filter the list below.
// No word of a page is ever run: Vega's own expressions go through its interpreter.

const root = document.documentElement;

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
    legend: text,
    title: { color: ink },
  };
}

/** As wide as its place allows; panels of one chart alike. */
function fitted(spec, place) {
  if (!spec.vconcat) return spec;
  const width = Math.max(220, place.clientWidth - 64);
  return { ...spec, vconcat: spec.vconcat.map((panel) => ({ ...panel, width })) };
}

const drawn = new WeakMap();

async function draw(place) {
  const spec = JSON.parse(document.getElementById(place.dataset.spec).textContent);
  const config = theme();
  const before = drawn.get(place);
  const result = await window.vegaEmbed(place, fitted(coloured(spec), place), {
    ast: true,
    actions: false,
    renderer: "svg",
    defaultStyle: false,
    tooltip: { disableDefaultStyle: true },
    config,
  });
  if (before) before.finalize();
  drawn.set(place, result);
  const svg = place.querySelector("svg");
  svg?.setAttribute("aria-hidden", "true");
  if (svg && place.classList.contains("fixed")) {
    const box = svg.getBBox();
    const edge = 10;
    const seen = [box.x - edge, box.y - edge, box.width + 2 * edge, box.height + 2 * edge];
    svg.setAttribute("viewBox", seen.join(" "));
  }
  if (place.dataset.brush) listen(result.view, document.getElementById(place.dataset.brush));
  place.dataset.drawn = "yes";
}

const DAY = 86400000;
const iso = (time) => new Date(time).toISOString().slice(0, 10);

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

let asking = new AbortController();

async function show(list, first, last) {
  asking.abort();
  asking = new AbortController();
  const form = document.getElementById("days");
  form.elements.first.value = first;
  form.elements.last.value = last;
  const url = new URL(list.dataset.from, location.href);
  const source = form.elements.in.value;
  for (const [key, value] of Object.entries({ first, last, in: source })) {
    if (value) url.searchParams.set(key, value);
  }
  list.setAttribute("aria-busy", "true");
  try {
    const reply = await fetch(url, { signal: asking.signal, headers: { accept: "text/html" } });
    const page = new DOMParser().parseFromString(await reply.text(), "text/html");
    const main = reply.ok ? page.body : page.querySelector("main");
    list.replaceChildren(...main.childNodes);
    const here = new URL(location.href);
    for (const [key, value] of Object.entries({ first, last })) {
      if (value) here.searchParams.set(key, value);
      else here.searchParams.delete(key);
    }
    history.replaceState(null, "", here);
  } catch (error) {
    if (error.name !== "AbortError") list.textContent = "The workbench does not answer. Is it still running?";
  } finally {
    list.removeAttribute("aria-busy");
  }
}

const places = [...document.querySelectorAll(".draw")];

function drawAll() {
  for (const place of places) {
    draw(place).catch((error) => {
      place.textContent = "This drawing cannot be shown; the table below has its numbers.";
      console.error(error);
    });
  }
}

if (window.vegaEmbed) drawAll();
else window.addEventListener("load", drawAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
let resizing = 0;
let width = root.clientWidth;
window.addEventListener("resize", () => {
  clearTimeout(resizing);
  resizing = setTimeout(() => {
    if (root.clientWidth !== width) drawAll();
    width = root.clientWidth;
  }, 200);
});
