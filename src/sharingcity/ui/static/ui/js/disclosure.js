// A menu or filter that floats closes with Escape, and when the reader goes elsewhere.
const FLOATING = "details.menu[open], details.filter[open], .head-wide details.person[open]";

export function startDisclosures(root) {
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = event.target.closest?.(FLOATING);
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  root.addEventListener("click", (event) => {
    for (const open of document.querySelectorAll(FLOATING)) {
      if (!open.contains(event.target)) open.open = false;
    }
  });
}
