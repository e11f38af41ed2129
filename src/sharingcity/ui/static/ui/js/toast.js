// A toast stays until it is dismissed; the button that dismisses it appears only where it can.

export function startToasts(root) {
  for (const button of root.querySelectorAll("[data-dismiss][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", () => button.closest(".toast")?.remove());
  }
}
