// A button that copies the field beside it. Without script the field can be selected, and the button is not there.

async function copy(field, said) {
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    // No permission, or no safe connection: what is selected can still be copied by hand.
    field.select();
    return;
  }
  said.textContent = said.dataset.copied;
}

export function startCopying(root) {
  for (const button of root.querySelectorAll("[data-copy]:not([data-started])")) {
    const field = document.getElementById(button.dataset.copy);
    const said = document.getElementById(`${button.dataset.copy}-said`);
    if (!field || !said) continue;
    button.dataset.started = "";
    button.hidden = false;
    field.addEventListener("focus", () => field.select());
    button.addEventListener("click", () => copy(field, said));
  }
}
