// Near me: the browser is asked where it is only after a click. What it says is rounded to about 100 m before it stands
// in an address, and kept nowhere. Without script, or without an answer, the link leads to a field for an address.
const TIMEOUT_MS = 10_000;
const round = (degrees) => degrees.toFixed(3);

function locate() {
  return new Promise((found, failed) => {
    navigator.geolocation.getCurrentPosition(found, failed, {
      enableHighAccuracy: false,
      maximumAge: 300_000,
      timeout: TIMEOUT_MS,
    });
  });
}

async function search(link, said) {
  link.setAttribute("aria-busy", "true");
  said.textContent = said.dataset.wait;
  try {
    const { coords } = await locate();
    const base = link.dataset.near;
    said.textContent = "";
    location.assign(`${base}${base.includes("?") ? "&" : "?"}near=${round(coords.latitude)},${round(coords.longitude)}`);
  } catch (problem) {
    said.textContent = problem.code === 1 ? said.dataset.denied : said.dataset.late;
    if (new URL(link.href).pathname !== location.pathname) link.removeAttribute("data-near");
  } finally {
    link.removeAttribute("aria-busy");
  }
}

export function startNear(root) {
  if (!navigator.geolocation || !window.isSecureContext) return;
  for (const link of root.querySelectorAll("[data-near]:not([data-started])")) {
    link.dataset.started = "";
    link.addEventListener("click", (event) => {
      // After a refusal the link is a link again: to the field for an address.
      if (!link.dataset.near || link.getAttribute("aria-busy") === "true") return;
      event.preventDefault();
      search(link, link.parentElement.querySelector(".near-said"));
    });
  }
}
