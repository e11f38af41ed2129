// The favourites of somebody who has not signed in: read from the device, drawn by the server a page at a time.
import { keptHere, startHearts, writeHere } from "./hearts.js";

const A_PAGE = 24;
const list = document.querySelector("[data-kept-here]");
const more = document.querySelector("[data-kept-more]");
const none = document.querySelector("[data-kept-none]");
const failed = document.querySelector("[data-kept-failed]");
let shown = 0;

// What is gone from the hub can only be let go, and here that needs no server.
function letGo(event) {
  const button = event.target.closest("[data-let-go]");
  if (!button) return;
  event.preventDefault();
  writeHere(keptHere().filter((name) => name !== button.dataset.letGo));
  button.closest("li").remove();
  none.hidden = keptHere().length > 0;
}

async function showMore() {
  const names = keptHere();
  const next = names.slice(shown, shown + A_PAGE);
  none.hidden = names.length > 0;
  failed.hidden = true;
  if (!next.length) return;
  const asked = new URLSearchParams(next.map((name) => ["of", name]));
  const answer = await fetch(`${list.dataset.keptHere}?${asked}`, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(`favourites: ${answer.status}`);
  const part = document.createRange().createContextualFragment(await answer.text());
  const before = list.querySelector(".cards");
  if (before) before.append(...part.querySelectorAll(".cards > li"));
  else list.append(part);
  startHearts(list);
  shown += next.length;
  more.hidden = shown >= names.length;
}

function show() {
  showMore().catch(() => {
    failed.hidden = false;
  });
}

list.addEventListener("click", letGo);
more.querySelector("button").addEventListener("click", show);
show();
