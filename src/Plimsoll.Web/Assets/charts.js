// Figures of a chart at the pointer or by the arrow keys; plus and minus look closer, zero goes back.
export function readCharts() {
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.setAttribute("role", "status");
  tip.hidden = true;
  document.body.append(tip);
  const show = (words, x, y) => {
    tip.textContent = words;
    tip.hidden = !words;
    const w = tip.offsetWidth;
    tip.style.setProperty("left", `${Math.max(4, Math.min(innerWidth - w - 4, x + 12))}px`);
    tip.style.setProperty("top", `${Math.max(4, y - 34)}px`);
  };
  document.addEventListener("pointermove", (e) => {
    const at = e.target.closest?.("[data-tip]");
    if (at) show(at.dataset.tip, e.clientX, e.clientY);
    else if (!document.activeElement?.matches?.("svg[data-chart], [data-tip]")) tip.hidden = true;
  });
  document.addEventListener("focusin", (e) => {
    const at = e.target.closest?.("circle[data-tip]");
    if (at) {
      const box = at.getBoundingClientRect();
      show(at.dataset.tip, box.x + box.width, box.y);
    }
  });
  document.addEventListener("focusout", () => (tip.hidden = true));
  for (const chart of document.querySelectorAll("svg[data-chart]")) {
    const spots = [...chart.querySelectorAll("[data-tip]")];
    const whole = chart.getAttribute("viewBox").split(" ").map(Number);
    let at = -1;
    chart.addEventListener("keydown", (e) => {
      const step = { ArrowRight: 1, ArrowLeft: -1, PageDown: 12, PageUp: -12 }[e.key];
      if (step && spots.length) {
        e.preventDefault();
        spots[at]?.classList.remove("on");
        at = at < 0 ? (step > 0 ? 0 : spots.length - 1) : Math.max(0, Math.min(spots.length - 1, at + step));
        spots[at].classList.add("on");
        const box = spots[at].getBoundingClientRect();
        show(spots[at].dataset.tip, box.x + box.width / 2, box.y + 40);
      } else if (e.key === "Escape") {
        tip.hidden = true;
        spots[at]?.classList.remove("on");
      } else if ("+-0".includes(e.key)) {
        const [x, y, w, h] = chart.getAttribute("viewBox").split(" ").map(Number);
        const scale = e.key === "+" ? 0.7 : 1 / 0.7;
        if (e.key === "0" || w * scale >= whole[2]) chart.setAttribute("viewBox", whole.join(" "));
        else {
          const spot = spots[at]?.getBBox();
          const cx = spot ? spot.x + spot.width / 2 : x + w / 2;
          const nw = w * scale;
          const nh = h * scale;
          const nx = Math.max(0, Math.min(whole[2] - nw, cx - nw / 2));
          const ny = Math.max(0, Math.min(whole[3] - nh, y + (h - nh) / 2));
          chart.setAttribute("viewBox", [nx, ny, nw, nh].map((v) => v.toFixed(1)).join(" "));
        }
      }
    });
  }
}
