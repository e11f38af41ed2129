// What every page may use; each part does nothing where its markup is absent, and no page depends on it.
import { startSteppers } from "./stepper.js";
import { startDialogs } from "./dialog.js";
import { startDisclosures } from "./disclosure.js";
import { startErrorSummary } from "./errors.js";
import { startToasts } from "./toast.js";

function start(root) {
  startDialogs(root);
  startSteppers(root);
  startErrorSummary(root);
  startToasts(root);
}

startDisclosures(document);
start(document);
document.addEventListener("htmx:afterSwap", (event) => start(event.target));
