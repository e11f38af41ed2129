// Plus and minus beside a number field. Without script the number field stands alone.

function step(input, by) {
  if (by > 0) input.stepUp();
  else input.stepDown();
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function refresh(box, input) {
  const value = Number(input.value);
  for (const button of box.querySelectorAll("[data-step]")) {
    const limit = Number(button.dataset.step) > 0 ? input.max : input.min;
    button.setAttribute("aria-disabled", String(limit !== "" && value === Number(limit)));
  }
}

export function startSteppers(root) {
  for (const box of root.querySelectorAll("[data-stepper]:not([data-started])")) {
    const input = box.querySelector("input[type=number]");
    if (!input) continue;
    box.dataset.started = "";
    for (const button of box.querySelectorAll("[data-step]")) {
      button.hidden = false;
      if (input.id) button.id = `${input.id}-${button.dataset.step > 0 ? "more" : "fewer"}`;
      button.addEventListener("click", () => step(input, Number(button.dataset.step)));
    }
    input.addEventListener("input", () => refresh(box, input));
    refresh(box, input);
  }
}
