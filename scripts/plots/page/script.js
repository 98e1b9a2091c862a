// Draws the figures into the page: in its width, in its colours, anew when either changes.
const figures = JSON.parse(document.getElementById("figures").textContent);
const look = JSON.parse(document.getElementById("look").textContent);
const root = document.documentElement;
const button = document.getElementById("theme");
const system = matchMedia("(prefers-color-scheme: dark)");
const drawn = new Map();
let chosen = null;
let turn = 0;

const isDark = () => (chosen ?? (system.matches ? "dark" : "light")) === "dark";

// Colours are written in the specifications as on light paper; each has a twin for dark paper.
function colored(value) {
  if (!isDark()) return value;
  return JSON.parse(JSON.stringify(value, (_, part) =>
    typeof part === "string" && part in look.dark ? look.dark[part] : part));
}

// As many legend entries in a row as the longest of their names lets fit.
function fitLegends(node, width) {
  if (node === null || typeof node !== "object") return;
  if (node.legend && Array.isArray(node.scale?.domain)) {
    const longest = Math.max(...node.scale.domain.map((name) => String(name).length));
    const title = node.title ? 60 : 0;
    const columns = Math.floor((width - title) / (longest * 7.4 + 42));
    node.legend.columns = Math.max(1, Math.min(columns, node.scale.domain.length));
  }
  Object.values(node).forEach((part) => fitLegends(part, width));
}

// Cells of small multiples are laid out for the width; a single chart is stretched to it.
function fitted(figure, width) {
  const spec = colored(structuredClone(figure));
  if (spec.facet) {
    const gap = spec.spacing.column;
    const room = width - 78;
    const columns = Math.max(1, Math.min(spec.columns, Math.floor((room + gap) / (120 + gap))));
    spec.columns = columns;
    spec.spec.width = Math.floor((room - gap * (columns - 1)) / columns);
  } else {
    spec.width = width;
    spec.height = Math.min(spec.height, Math.max(300, width * 0.8));
    spec.autosize = { type: "fit-x", contains: "padding" };
  }
  fitLegends(spec, width);
  return spec;
}

async function draw(box) {
  const width = Math.floor(box.clientWidth);
  drawn.get(box)?.finalize();
  drawn.set(box, await vegaEmbed(box, fitted(figures[box.dataset.figure], width), {
    mode: "vega-lite", actions: false, renderer: "svg", config: colored(look.config),
    tooltip: { theme: isDark() ? "dark" : "light" },
  }));
  box.dataset.width = width;
}

// One figure after the other; a later turn takes the place of one that is under way.
async function drawAll() {
  const mine = ++turn;
  root.dataset.theme = isDark() ? "dark" : "light";
  button.textContent = isDark() ? "light" : "dark";
  button.setAttribute("aria-label", `switch to ${button.textContent} colours`);
  root.dataset.state = "drawing";
  for (const box of document.querySelectorAll(".chart")) {
    await draw(box);
    if (mine !== turn) return;
  }
  root.dataset.state = "drawn";
}

// Both are of use only with this script.
button.hidden = document.querySelector(".hint").hidden = false;
button.addEventListener("click", () => {
  chosen = isDark() ? "light" : "dark";
  drawAll();
});
system.addEventListener("change", drawAll);
let pause;
addEventListener("resize", () => {
  clearTimeout(pause);
  pause = setTimeout(() => {
    const box = document.querySelector(".chart");
    if (box && Math.floor(box.clientWidth) !== Number(box.dataset.width)) drawAll();
  }, 150);
});
drawAll();
