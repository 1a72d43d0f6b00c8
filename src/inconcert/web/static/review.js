// The review by keys. A decision is laid into the browser's own store before it is sent and leaves
// it when the case has it: a reload, a lost connection or a case in use lose none. It carries the
// moment it was made, so that what is sent twice is kept once.

const told = document.getElementById("told");
const dialog = document.getElementById("keys");
const KEYS = {
  a: "right", r: "wrong", u: "unsure", e: "edit", n: "next", b: "back", z: "undo", v: "changed",
  "?": "help",
};
const AGAIN = 4000;
const SOON = 800;
const YOUNG = 6000;
const SILENT = "The workbench does not answer.";
const HELD = " Your decision is kept in this browser and sent again.";
let pressed = 0;
let token = "";
let here = location.pathname + location.search;

const place = () => document.getElementById("review");

function say(words, isAmiss = false) {
  if (!told) return;
  told.classList.toggle("amiss", isAmiss);
  told.textContent = words;
}

/** A value that this browser keeps; null where it keeps none at all. */
function kept(name, value) {
  try {
    if (value !== undefined) localStorage.setItem(name, value);
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

// -- decisions on their way

const memory = new Map();
const answers = new Map();
let moment = 0;
const stem = () => `inconcert.waiting.${place().dataset.mark}.`;

function waiting() {
  const found = new Map(memory);
  try {
    for (const name of Object.keys(localStorage)) {
      if (name.startsWith(stem())) found.set(name, JSON.parse(localStorage.getItem(name)));
    }
  } catch {
    // the browser keeps nothing: they are in memory alone
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Those of this tab, and those that no other tab is just sending. */
const due = () => waiting().filter(
  ([name, { body }]) => memory.has(name) || Date.now() - Date.parse(body.at) > YOUNG,
);

/** Keep something until the case has it; no two share a moment, so that they stay in order. */
function hold(path, body) {
  moment = Math.max(Date.now(), moment + 1);
  const at = new Date(moment).toISOString();
  const name = `${stem()}${at}.${body.id || "last"}`;
  const entry = { path, body: { ...body, at } };
  memory.set(name, entry);
  kept(name, JSON.stringify(entry));
  return name;
}

function drop(name) {
  memory.delete(name);
  try {
    localStorage.removeItem(name);
  } catch {
    // it was in memory alone
  }
}

async function post(path, body, isAgain = false) {
  if (!token || isAgain) {
    const reply = await fetch("/review/token.json", { cache: "no-store" });
    token = (await reply.json()).token;
  }
  const headers = { "x-inconcert-token": token, "content-type": "application/json" };
  const keepalive = body.length < 60000; // goes on where the page is left meanwhile
  const reply = await fetch(path, { method: "POST", headers, body, keepalive });
  if (reply.status === 403 && !isAgain) return post(path, body, true); // it was started anew
  return reply;
}

/** Send one; what came of it, or null where it is to be tried again. */
async function send(name, entry) {
  let reply;
  let record;
  try {
    reply = await post(entry.path, JSON.stringify(entry.body));
    record = await reply.json();
  } catch {
    say(SILENT + HELD, true);
    return null;
  }
  if (reply.ok) {
    say(record.words, !record.stored || record.meanwhile.length > 0);
    if (record.stored) drop(name);
    return record;
  }
  if (reply.status === 503 || reply.status === 403 || reply.status >= 500) {
    say(`${record.what}.${HELD}`, true);
    return null;
  }
  drop(name);
  say(`Not decided: ${record.what}. ${record.advice}`, true);
  return record;
}

let sending = null;
let timer = 0;

/** Send all that wait, one after the other; what came of each, by name. */
function flush() {
  sending ??= sendAll(due()).finally(() => {
    sending = null;
    clearTimeout(timer);
    if (waiting().length) timer = setTimeout(later, AGAIN);
  });
  return sending;
}

/** Send what waited, and count again. */
async function later() {
  const done = await flush();
  if (![...done.values()].some(Boolean) || pressed || !document.querySelector(".far")) return;
  const reply = await fetch(location.href, { cache: "no-store" });
  const page = new DOMParser().parseFromString(await reply.text(), "text/html");
  const far = page.querySelector(".far");
  if (far && !pressed) document.querySelector(".far")?.replaceWith(far);
}

async function sendAll(entries) {
  const done = new Map();
  for (const [name, entry] of entries) {
    done.set(name, await send(name, entry));
    if (!done.get(name)) break;
    answers.set(name, done.get(name));
  }
  return done;
}

/** Send something that is held; what came of it, null where it waits. */
async function deliver(name) {
  if (!answers.has(name)) await flush();
  if (!answers.has(name)) await flush(); // others were on their way when it came
  const record = answers.get(name) ?? null;
  answers.delete(name);
  return record;
}

// -- moving through the queue

/** Show the page of an address in place of this one, without loading it whole. */
async function go(address, { push = true } = {}) {
  place().setAttribute("aria-busy", "true");
  for (;;) {
    try {
      const reply = await fetch(address, { cache: "no-store", headers: { accept: "text/html" } });
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const fresh = page.getElementById("review");
      if (fresh) {
        if (push) history.pushState(null, "", address);
        here = location.pathname + location.search;
        document.title = page.title;
        place().replaceWith(fresh);
        break;
      }
      const what = page.querySelector("h1")?.textContent ?? "This cannot be shown";
      const then = waiting().length ? HELD : " Trying again.";
      say(reply.status === 503 ? `${what}.${then}` : what, true);
      if (reply.status !== 503) break;
    } catch {
      say(SILENT + (waiting().length ? HELD : " Trying again."), true);
    }
    await new Promise((done) => setTimeout(done, AGAIN));
  }
  place().removeAttribute("aria-busy");
  document.getElementById("head")?.focus({ preventScroll: true });
  told.scrollIntoView({ block: "start" });
}

const soon = () => new Promise((done) => setTimeout(done, SOON));

function shown() {
  const { reviewer, id, kind, seen } = place().dataset;
  return { reviewer, id, kind, seen: (seen || "").split(" ").filter(Boolean) };
}

/** Send a decision on a record, and go on to the next one where it is still the one shown. */
async function judge(name, id) {
  const record = await Promise.race([deliver(name), soon()]);
  if (!record?.error && place().dataset.id === id) await go(place().dataset.next);
}

/** Send what takes a decision back, and show its record; in the list of decisions, the list. */
async function undo(name, id) {
  const record = await deliver(name);
  const subject = record?.reviews?.[0]?.subjects[0];
  if (id) location.reload();
  else if (subject) {
    const url = new URL(location.href);
    url.searchParams.set("id", subject);
    await go(url.href);
  }
}

// -- the form of corrections

const form = () => document.getElementById("edit");

function open() {
  form().hidden = false;
  form().scrollIntoView({ block: "nearest" });
  form().querySelector("select, input").focus();
}

function cancel() {
  form().reset();
  form().hidden = true;
  document.querySelector('[data-do="edit"]').focus();
}

/** Offer the modes of the type that was chosen. */
function offer() {
  const { type, mode } = form().elements;
  const known = JSON.parse(document.getElementById("modes").textContent)[type.value] ?? ["none"];
  const before = mode.value;
  mode.replaceChildren(...known.map((name) => new Option(name, name)));
  mode.value = known.includes(before) ? before : "none";
}

async function correct() {
  const fields = [...form().elements].filter((one) => one.dataset.was !== undefined);
  const corrections = fields
    .filter((one) => one.value.trim() !== one.dataset.was)
    .map((one) => `${one.name}=${one.value.trim() || "none"}`);
  const amiss = document.getElementById("amiss");
  if (!corrections.length) {
    amiss.textContent = "Nothing was changed. If it is right as it is, accept it.";
    return;
  }
  const note = form().elements.note.value;
  const { next } = place().dataset;
  amiss.textContent = "";
  const body = { ...shown(), decision: "changed", corrections, note };
  place().setAttribute("aria-busy", "true");
  const record = await deliver(hold("/review/decide.json", body)); // refused, the form stays
  place().removeAttribute("aria-busy");
  if (record?.error) amiss.textContent = `${record.what}. ${record.advice}`;
  else await go(next);
}

// -- what is pressed

const DECISIONS = ["right", "wrong", "unsure"];
let turn = Promise.resolve();
let latest = "";

/** Do it when all that was asked for before is done: what is pressed while a page comes waits. */
function inTurn(job) {
  pressed += 1;
  turn = turn.then(job).catch((error) => {
    console.error(error);
    say("That could not be done. Reload the page and try again.", true);
  }).finally(() => {
    pressed -= 1;
    if (!pressed) latest = "";
  });
}

/**
 * Take up what was pressed. A decision is held at once and is about the record that is on the screen
 * now, however late its turn comes: none is lost, and none falls on a record not seen yet.
 */
function act(what) {
  if (what === "help") return dialog?.open || dialog?.showModal();
  if (what === "cancel") return cancel();
  const on = shown();
  if (!on.reviewer) return undefined;
  const one = `${what} ${on.id}`;
  if (DECISIONS.includes(what) && one === latest) return undefined; // the same, twice
  latest = one;
  if (what === "undo") return takeBack(on.reviewer);
  if (!DECISIONS.includes(what)) return inTurn(() => perform(what));
  if (!on.id) return undefined;
  const name = hold("/review/decide.json", { ...on, decision: what });
  return inTurn(() => judge(name, on.id));
}

function takeBack(reviewer, id = "") {
  const name = hold("/review/undo.json", { reviewer, id });
  inTurn(() => undo(name, id));
}

async function perform(what) {
  const { id, next, back, hasNext, reviewer } = place().dataset;
  if (what === "changed") {
    location.assign(`/review/changed?reviewer=${encodeURIComponent(reviewer)}`);
  } else if (!id) return undefined;
  else if (what === "edit") open();
  else if (what === "next") return hasNext ? go(next) : say("This is the last one.");
  else if (what === "back") return back ? go(back) : say("This is the first one.");
  return undefined;
}

/** Whether what is pressed is meant for a field. One of a closed dialog keeps the focus a while. */
function isWriting(target) {
  const field = target.closest("input, select, textarea, dialog[open]");
  return field !== null && !field.closest("dialog:not([open])");
}

/** The letter of a key; of another script than Latin, the one that stands in its place. */
function letter({ key, code }) {
  const isOurs = /^[ -~]$/.test(key) || !/^Key[A-Z]$/.test(code);
  return (isOurs ? key : code.at(-1)).toLowerCase();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && form() && !form().hidden && !dialog.open) return cancel();
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return undefined;
  const what = KEYS[letter(event)];
  if (!dialog || !what || isWriting(event.target) || !withKeys?.checked) return undefined;
  event.preventDefault();
  return act(what);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do], [data-undo]");
  if (button?.dataset.do) act(button.dataset.do);
  else if (button) takeBack(button.dataset.by, button.dataset.undo);
});

document.addEventListener("change", (event) => {
  if (event.target.id === "c-type") offer();
});

document.addEventListener("submit", (event) => {
  if (event.target.id === "whose") kept("inconcert.reviewer", event.target.elements.reviewer.value);
  if (event.target.id === "edit") {
    event.preventDefault();
    inTurn(() => event.target.isConnected && correct());
  }
  if (event.target.id === "import") {
    event.preventDefault();
    takeIn(event.target.elements.file.files[0]);
  }
});

async function takeIn(file) {
  try {
    const reply = await post("/review/import.json", await file.text());
    const record = await reply.json();
    if (!reply.ok) return say(`${record.what} (${record.where}). ${record.advice}`, true);
    sessionStorage.setItem("inconcert.told", record.words);
    location.reload();
  } catch {
    say("The workbench does not answer. Nothing was taken in; try again.", true);
  }
  return undefined;
}

// -- at the start

const withKeys = document.getElementById("with-keys");
if (withKeys) {
  withKeys.checked = kept("inconcert.keys") !== "off";
  withKeys.addEventListener("change", () => kept("inconcert.keys", withKeys.checked ? "on" : "off"));
}
window.addEventListener("popstate", () => {
  const isOther = here !== location.pathname + location.search; // not only a place on this page
  if (isOther && place()) inTurn(() => go(location.href, { push: false }));
});
window.addEventListener("pageshow", (event) => {
  const [how] = performance.getEntriesByType("navigation");
  // What a browser shows when one goes back may be older than what was decided since.
  if (place()?.dataset.next && (event.persisted || how?.type === "back_forward")) {
    inTurn(() => go(location.href, { push: false }));
  }
});
if (place()) {
  const name = kept("inconcert.reviewer");
  const url = new URL(location.href);
  if (place().dataset.next !== undefined && !place().dataset.reviewer && name) {
    url.searchParams.set("reviewer", name);
    location.replace(url);
  }
  const words = sessionStorage.getItem("inconcert.told");
  if (words) say(words);
  sessionStorage.removeItem("inconcert.told");
  if (waiting().length) flush(); // those just sent, by the page before, are asked about later
}
const slow = document.querySelector("[data-wait]");
if (slow) {
  fetch(slow.dataset.wait, { cache: "no-store" })
    .then((reply) => {
      if (reply.ok) location.reload();
      else slow.textContent = "The answers cannot be had just now. Reload the page in a moment.";
    })
    .catch(() => {
      slow.textContent = SILENT;
    });
}
