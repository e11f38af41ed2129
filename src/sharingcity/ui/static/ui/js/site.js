// What every page may use; each part does nothing where its markup is absent, and no page depends on it.
import { startCopying } from "./copy.js";
import { startSteppers } from "./stepper.js";
import { startDialogs } from "./dialog.js";
import { startDisclosures } from "./disclosure.js";
import { startErrorSummary } from "./errors.js";
import { startToasts } from "./toast.js";
import { startHearts } from "./hearts.js";
import { startNear } from "./near.js";
import { startSharing } from "./share.js";

function start(root) {
  startDialogs(root);
  startSteppers(root);
  startCopying(root);
  startErrorSummary(root);
  startToasts(root);
  startHearts(root);
  startNear(root);
  startSharing(root);
}

startDisclosures(document);
start(document);
// A part that was exchanged starts anew; whoever stood on a control in it stands there again.
let stoodOn = "";
document.addEventListener("htmx:beforeSwap", () => {
  stoodOn = document.activeElement?.id ?? "";
});
document.addEventListener("htmx:afterSwap", (event) => {
  start(event.target);
  if (stoodOn && document.activeElement?.id !== stoodOn) document.getElementById(stoodOn)?.focus();
});
