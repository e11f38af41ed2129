// Hearts: kept in the account when signed in, else on this device until the reader signs in; then both become one.
// Without script a heart is a link to a page that asks the same.
const PLACE = "sharingcity.kept";
const KEEP = "/me/favourites/keep";
const MERGE = "/me/favourites/merge";
export const MOST = 1000;

const isSignedIn = () => document.body.hasAttribute("data-signed-in");

// Newest first. A device that forbids storage keeps nothing, and says so by leaving the links as they are.
export function keptHere() {
  try {
    const found = JSON.parse(localStorage.getItem(PLACE) ?? "[]");
    return Array.isArray(found) ? found.filter((name) => typeof name === "string") : [];
  } catch {
    return [];
  }
}

export function writeHere(names) {
  if (names.length) localStorage.setItem(PLACE, JSON.stringify(names.slice(0, MOST)));
  else localStorage.removeItem(PLACE);
}

function canKeepHere() {
  try {
    localStorage.setItem(`${PLACE}.try`, "1");
    localStorage.removeItem(`${PLACE}.try`);
    return true;
  } catch {
    return false;
  }
}

function csrfHeaders() {
  return { ...JSON.parse(document.body.getAttribute("hx-headers") ?? "{}"), Accept: "application/json" };
}

// `full` or `failed`: the words stand in the page, in the reader's language.
class Unkept extends Error {}

function say(what) {
  const toasts = document.getElementById("toasts");
  if (!toasts) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.textContent = toasts.dataset[what];
  toasts.replaceChildren(toast);
  setTimeout(() => toast.remove(), 8000);
}

function paint(heart, isKept) {
  heart.toggleAttribute("data-kept", isKept);
  heart.setAttribute("aria-pressed", String(isKept));
  heart.querySelector(".heart-said")?.remove();
}

// The same thing may stand on the page twice.
function paintAll(name, isKept) {
  for (const heart of document.querySelectorAll(`button[data-heart="${CSS.escape(name)}"]`)) paint(heart, isKept);
}

async function turnInAccount(heart, willKeep) {
  const [target, code] = heart.dataset.heart.split(".");
  const body = new URLSearchParams({ target, code, keep: willKeep ? "1" : "" });
  const answer = await fetch(KEEP, { method: "POST", body, headers: csrfHeaders() });
  if (answer.status === 422) throw new Unkept("full");
  if (!answer.ok) throw new Unkept("failed");
}

function turnHere(heart, willKeep) {
  const others = keptHere().filter((name) => name !== heart.dataset.heart);
  if (willKeep && others.length >= MOST) throw new Unkept("full");
  writeHere(willKeep ? [heart.dataset.heart, ...others] : others);
}

async function turn(heart) {
  if (heart.getAttribute("aria-busy") === "true") return;
  const willKeep = !heart.hasAttribute("data-kept");
  heart.setAttribute("aria-busy", "true");
  try {
    if (isSignedIn()) await turnInAccount(heart, willKeep);
    else turnHere(heart, willKeep);
    paintAll(heart.dataset.heart, willKeep);
  } catch (problem) {
    say(problem instanceof Unkept ? problem.message : "failed");
  } finally {
    heart.removeAttribute("aria-busy");
  }
}

// A link becomes a button that says whether it is pressed.
function upgrade(link, here) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  for (const { name, value } of [...link.attributes]) if (name.startsWith("data-")) button.setAttribute(name, value);
  button.append(...link.childNodes);
  paint(button, isSignedIn() ? link.hasAttribute("data-kept") : here.has(link.dataset.heart));
  button.addEventListener("click", () => turn(button));
  link.replaceWith(button);
}

export function startHearts(root) {
  const links = root.querySelectorAll("a[data-heart]");
  if (!links.length || !(isSignedIn() || canKeepHere())) return;
  const here = new Set(keptHere());
  for (const link of links) upgrade(link, here);
}

// What was kept before signing in goes into the account; only what was sent is forgotten here, for another window may
// have kept more meanwhile. Sending it twice does no harm.
export async function mergeKept() {
  const names = keptHere();
  if (!isSignedIn() || !names.length) return;
  const answer = await fetch(MERGE, {
    method: "POST",
    body: JSON.stringify({ kept: names }),
    headers: { ...csrfHeaders(), "Content-Type": "application/json" },
  });
  if (!answer.ok) return;
  const { kept, left } = await answer.json();
  const stays = new Set(left);
  writeHere(keptHere().filter((name) => !names.includes(name) || stays.has(name)));
  const inAccount = new Set(kept);
  for (const heart of document.querySelectorAll("button[data-heart]")) {
    if (inAccount.has(heart.dataset.heart)) paint(heart, true);
  }
  document.dispatchEvent(new CustomEvent("kept-merged"));
}

// Another window has turned a heart.
window.addEventListener("storage", (event) => {
  if (event.key !== PLACE || isSignedIn()) return;
  const here = new Set(keptHere());
  for (const heart of document.querySelectorAll("button[data-heart]")) paint(heart, here.has(heart.dataset.heart));
});
mergeKept().catch(() => {});
