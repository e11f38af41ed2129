// After a form came back with errors, the reader starts at the summary.

export function startErrorSummary(root) {
  root.querySelector("[data-error-summary]")?.focus();
}
