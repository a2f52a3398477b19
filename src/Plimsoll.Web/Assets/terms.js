// Terms moved on held draws: few draws while sliding, all of them at rest, one request at a time, the last wish wins.
const $ = (s, of = document) => of.querySelector(s);
const $$ = (s, of = document) => [...of.querySelectorAll(s)];

export function moveTerms(root) {
  const run = root.dataset.terms;
  const all = +root.dataset.draws;
  const few = Math.min(all, +root.dataset.slide);
  const status = $("[data-live-status]", root);
  const sliders = $$(".slider input", root);
  let base = null;
  let wish = null;
  let busy = false;
  let rest;

  const at = (o, path) => path.split(".").reduce((v, k) => (v === null || v === undefined ? v : v[k]), o);
  const number = (v, digits) => new Intl.NumberFormat(document.documentElement.lang, { maximumSignificantDigits: digits }).format(v);
  const percent = (v) => root.dataset.percent.replace("{0}", v);
  function words(v, kind) {
    if (v === null || v === undefined) return root.dataset.none;
    if (kind === "share") return percent((v * 100).toFixed(1));
    if (kind === "cover") return `${v.toFixed(2)}×`;
    return new Intl.NumberFormat(document.documentElement.lang, { notation: "compact", compactDisplay: "long", maximumSignificantDigits: 3 }).format(v);
  }

  const scaled = (slider, v) => (slider.dataset.scale === "share" ? percent(number(v * 100, 4)) : slider.dataset.scale === "amount" ? words(v, "amount") : number(v, 4));

  function label(slider) {
    slider.parentElement.querySelector("output").textContent = scaled(slider, +slider.value);
    slider.parentElement.classList.toggle("moved", slider.value !== slider.dataset.start);
  }

  function ask(draws) {
    const changes = {};
    for (const s of sliders) if (s.value !== s.dataset.start) changes[s.name] = s.value;
    wish = { changes, draws };
    pump();
  }

  async function pump() {
    if (busy || !wish) return;
    busy = true;
    const mine = wish;
    wish = null;
    try {
      const answer = await fetch(`/api/runs/${run}/terms`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(mine) });
      const now = await answer.json();
      if (answer.ok) show(now, mine);
      else refuse(now);
    } catch {
      status.textContent = root.dataset.away;
      wish ??= mine;
      setTimeout(pump, 1500);
    }
    busy = false;
    if (wish) pump();
  }

  /** Why a position is not taken, in the language of the page: the figures that stand are of another and turn grey. */
  function refuse(problem) {
    const language = document.documentElement.lang;
    const reasons = (problem.findings ?? []).filter((f) => f.severity === "error").map((f) => f.says?.[language] ?? f.remedy);
    status.textContent = [root.dataset.refused, ...reasons].join(" ");
    $(".figures", root).classList.add("not-of-position");
    for (const value of $$("[data-value], [data-floor]", root)) value.textContent = root.dataset.none;
    $("[data-tests]", root).replaceChildren();
    const verdict = $("[data-verdict]", root);
    verdict.textContent = "";
    verdict.className = "verdict-now";
  }

  function show(now, mine) {
    $(".figures", root).classList.remove("not-of-position");
    const first = !base && mine.draws === all && !Object.keys(mine.changes).length;
    if (first) base = now;
    status.textContent = root.dataset.on.replace("{0}", number(now.draws, 6));
    for (const row of $$("[data-figure-row]", root)) {
      const value = $("[data-value]", row);
      const was = words(at(base, row.dataset.figureRow), row.dataset.kind);
      $("[data-base]", row).textContent = was;
      value.textContent = words(at(now, row.dataset.figureRow), row.dataset.kind);
      value.classList.toggle("changed", value.textContent !== was);
    }
    const price = (v) => (v === null || v === undefined ? root.dataset.none : number(v, 3));
    for (const row of $$("[data-floor-row]", root)) {
      const [floor, was] = [now.floors[+row.dataset.floorRow], base?.floors[+row.dataset.floorRow]];
      $("[data-floor-base]", row).textContent = price(was?.againstDark);
      for (const cell of $$("[data-floor]", row)) {
        cell.textContent = price(floor?.[cell.dataset.floor]);
        cell.classList.toggle("changed", cell.textContent !== price(was?.[cell.dataset.floor]));
      }
    }
    $("[data-fill]", root).textContent = words(at(base, "fill.p50"), "share");
    const list = $("[data-tests]", root);
    list.replaceChildren(
      ...now.tests.map((t) => {
        const item = document.createElement("li");
        const name = document.createElement("span");
        name.textContent = t.titles?.[document.documentElement.lang] ?? t.name;
        const chip = document.createElement("span");
        chip.className = `chip ${{ Passes: "good", Fails: "bad", Straddles: "warn" }[t.outcome]}`;
        chip.textContent = `${words(t.value, "share")} · ${list.dataset.limit.replace("{0}", words(t.limit, "share"))} · ${list.dataset[t.outcome.toLowerCase()]}`;
        item.append(name, chip);
        return item;
      }),
    );
    // What the tests of the rule come to together, before each of them.
    const count = (outcome) => now.tests.filter((t) => t.outcome === outcome).length;
    const verdict = $("[data-verdict]", root);
    const [word, n] = count("Fails") ? ["fails", count("Fails")] : count("Straddles") ? ["straddles", count("Straddles")] : ["passes", now.tests.length];
    verdict.textContent = now.tests.length ? verdict.dataset[word].replace("{0}", n).replace("{1}", now.tests.length) : "";
    verdict.className = `verdict-now ${word}`;
    root.dataset.shown = now.draws;
  }

  for (const s of sliders) {
    // The browser rounds a value to the slider's steps: what it began at is no change.
    s.dataset.start = s.value;
    label(s);
    for (const end of $$("[data-end]", s.parentElement)) end.textContent = scaled(s, +end.dataset.end);
    s.addEventListener("input", () => {
      label(s);
      clearTimeout(rest);
      ask(few);
      rest = setTimeout(() => ask(all), 700);
    });
    s.addEventListener("change", () => {
      clearTimeout(rest);
      rest = setTimeout(() => ask(all), 250);
    });
  }
  $("form", root).addEventListener("reset", () =>
    setTimeout(() => {
      sliders.forEach(label);
      ask(all);
    }),
  );
  ask(all);
}
