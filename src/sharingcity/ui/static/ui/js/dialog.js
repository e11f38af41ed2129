// A link that leads to a page with a question may ask it here instead, in a native dialog.

export function startDialogs(root) {
  for (const link of root.querySelectorAll("[data-opens]:not([data-started])")) {
    const dialog = document.getElementById(link.dataset.opens);
    if (!dialog?.showModal) continue;
    link.dataset.started = "";
    link.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
    });
  }
  for (const button of root.querySelectorAll("[data-closes]:not([data-started])")) {
    button.dataset.started = "";
    button.addEventListener("click", () => button.closest("dialog")?.close());
  }
}
