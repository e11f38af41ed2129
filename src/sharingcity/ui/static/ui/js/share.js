// The device's own way to pass a page on, where it has one; else the address stands there to be copied.

export function startSharing(root) {
  if (!navigator.share) return;
  for (const button of root.querySelectorAll("[data-share]:not([data-started])")) {
    button.dataset.started = "";
    button.hidden = false;
    button.addEventListener("click", () => {
      // Whoever closes the sheet again has not failed.
      navigator.share({ title: button.dataset.title, url: button.dataset.share }).catch(() => {});
    });
  }
}
