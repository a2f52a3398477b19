// Live parts of the pages: small, over the HTTP API. Whatever a person writes is kept in this browser until the server has it.
import { editStudy } from "./study.js";
import { moveTerms } from "./terms.js";
import { readCharts } from "./charts.js";

const $ = (s, of = document) => of.querySelector(s);
const $$ = (s, of = document) => [...of.querySelectorAll(s)];

export function say(words) {
  const toast = $("#toast");
  toast.textContent = words;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => (toast.textContent = ""), 6000);
}

async function send(method, path, body) {
  const answer = await fetch(path, { method, headers: { "Content-Type": "application/json" }, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await answer.text();
  const value = text ? JSON.parse(text) : null;
  if (!answer.ok) {
    say(value?.detail ?? answer.statusText);
    return null;
  }
  return value ?? {};
}

// A run that is being computed: followed by server-sent events; the browser comes back by itself after a break.
const job = $("[data-job]");
if (job) {
  const events = new EventSource(`/api/runs/${job.dataset.job}/events`);
  const seen = new Set();
  const names = JSON.parse(job.dataset.names);
  events.addEventListener("run", (e) => {
    const run = JSON.parse(e.data);
    $("[data-state]", job).textContent = run.state === "running" ? `${job.dataset.running} ${names[run.stage] ?? run.stage}` : job.dataset.waiting;
    const bar = $("[data-progress]", job);
    if (run.share > 0) bar.value = run.share;
    else bar.removeAttribute("value");
    if (run.stage && !seen.has(run.stage)) {
      seen.add(run.stage);
      const item = document.createElement("li");
      item.textContent = names[run.stage] ?? run.stage;
      item.lang = names[run.stage] ? document.documentElement.lang : "en";
      item.translate = false;
      $("[data-stages]", job).append(item);
    }
    if (["done", "failed", "cancelled"].includes(run.state)) {
      events.close();
      location.reload();
    }
  });
  $("[data-cancel]", job)?.addEventListener("click", async (e) => {
    e.target.disabled = true;
    await send("POST", `/api/runs/${job.dataset.job}/cancel`);
  });
}

// Any figure opens down to its sources.
const side = $("dialog[data-explain]");
document.addEventListener("click", async (e) => {
  const figure = e.target.closest("[data-figure]");
  if (figure && side?.dataset.explain) {
    const answer = await fetch(`/parts/runs/${side.dataset.explain}/explain?path=${encodeURIComponent(figure.dataset.figure)}`);
    if (answer.ok) {
      $("[data-explanation]", side).innerHTML = await answer.text();
      if (!side.open) side.showModal();
    }
  }
  const sign = e.target.closest("[data-sign]");
  if (sign && confirm(sign.dataset.sure) && (await send("POST", `/api/runs/${sign.dataset.sign}/sign`))) location.reload();
  const link = e.target.closest("[data-link]");
  if (link) {
    const made = await send("POST", `/api/runs/${link.dataset.link}/links`, { days: +$("[data-link-days]", link.parentElement).value });
    if (made) $("[data-link-address]").textContent = `${location.origin}${made.address} (${made.expires.slice(0, 10)})`;
  }
  if (e.target.closest("[data-print]")) print();
});

for (const select of $$("[data-role-of]"))
  select.addEventListener("change", () => send("PUT", `/api/people/${select.dataset.roleOf}`, { role: select.value }));
for (const form of $$("form[data-post]"))
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    if (await send("POST", form.dataset.post, Object.fromEntries(new FormData(form)))) location.reload();
  });

// A range says its value; the one of the catalogue is a month.
for (const range of $$("input[data-echo]"))
  range.addEventListener("input", () => {
    const of = range.closest("label");
    let value = range.value;
    if (range.dataset.months) {
      value = `${+range.dataset.months + Math.floor(range.value / 12)}-${String((range.value % 12) + 1).padStart(2, "0")}`;
      $("input[type=hidden]", of).value = value;
    }
    $("output", of).textContent = value;
  });
for (const range of $$("input[data-echo]")) range.addEventListener("change", () => range.form.requestSubmit());

readCharts();
if ($("[data-study]")) editStudy($("[data-study]"), say);
if ($("[data-terms]")) moveTerms($("[data-terms]"));
