// The study being written: form and text are two views of one document that the server holds. Every change goes there at once; one that the server does not
// have yet lies in this browser, through a lost line, a restart of the server and a closed page.
import { overlay } from "./study-text.js";
import { readTable } from "./centres.js";

const $ = (s, of = document) => of.querySelector(s);
const $$ = (s, of = document) => [...of.querySelectorAll(s)];

export function editStudy(root, say) {
  const id = root.dataset.study;
  const pendingKey = `plimsoll-study-${id}`;
  const status = $("[data-status]", root);
  const text = $("[data-text]", root);
  const runButton = $("[data-run]", root);
  const editor = overlay(text, $(".editor", root), {
    address: root.dataset.editor,
    label: $("label[for=text]", root).textContent,
    readOnly: root.dataset.may !== "write",
  });
  let revision = +root.dataset.revision;
  let queue = [];
  let busy = false;
  let retry = 0;

  const keep = () => (queue.length ? localStorage.setItem(pendingKey, JSON.stringify(queue)) : localStorage.removeItem(pendingKey));
  const show = (words, away) => {
    status.textContent = words;
    status.classList.toggle("away", !!away);
  };

  function put(change) {
    const last = queue.at(-1);
    if (last && last.set && change.set && queue.length > (busy ? 1 : 0)) Object.assign(last.set, change.set);
    else if (last && last.text !== undefined && change.text !== undefined && queue.length > (busy ? 1 : 0)) last.text = change.text;
    else queue.push(change);
    keep();
    show(root.dataset.saving);
    pump();
  }

  async function pump() {
    if (busy || !queue.length) return;
    busy = true;
    const change = queue[0];
    try {
      const answer = await request(change);
      if (answer.status === 409) {
        // Another has written meanwhile: take theirs as the base; a field change is made again on it, a whole text is not forced over it.
        const theirs = await (await fetch(`/api/studies/${id}`)).json();
        revision = theirs.revision;
        if (landed(change, theirs)) {
          drop(change, theirs);
          take(theirs, true);
        } else if (change.text !== undefined) {
          await handUnder(change.text);
          queue.shift();
          keep();
          take(await (await fetch(`/api/studies/${id}`)).json(), true);
          say(root.dataset.conflict);
        }
      } else if (answer.status === 422) {
        queue.shift();
        keep();
        const problem = await answer.json();
        say(problem.detail);
        take(await (await fetch(`/api/studies/${id}`)).json(), false);
      } else if (answer.ok) {
        const now = await answer.json();
        queue.shift();
        keep();
        revision = now.revision;
        take(now, change.shape);
      } else if (answer.status >= 500 || answer.status === 429) {
        throw new Error(answer.statusText);
      } else {
        queue.shift();
        keep();
        say(answer.statusText);
      }
      retry = 0;
      busy = false;
      if (queue.length) pump();
      else show(root.dataset.saved);
    } catch {
      busy = false;
      // Whether the server took it before the line broke is not known: what was sent is remembered until it can be asked.
      change.lost ??= { revision, texts: [] };
      if (!change.lost.texts.includes(change.text)) change.lost.texts.push(change.text);
      keep();
      show(root.dataset.away, true);
      retry = Math.min(retry + 1, 5);
      setTimeout(pump, 500 * 2 ** retry);
    }
  }

  /** True when a change whose answer was lost has reached the server after all: it must not be made twice. */
  function landed(change, now) {
    if (!change.lost) return false;
    if (change.text !== undefined) return change.lost.texts.includes(now.text);
    return !change.set && now.revision === change.lost.revision + 1 && now.updatedBy === root.dataset.me;
  }

  /** Takes a change that has landed from the queue; what was typed into it since stays. */
  function drop(change, now) {
    if (change.text !== undefined && change.text !== now.text) delete change.lost;
    else queue.shift();
    keep();
  }

  /** Writes a text beneath another's, so that undo finds it. */
  async function handUnder(words) {
    const answer = await request({ text: words });
    if (!answer.ok) return;
    revision = (await answer.json()).revision;
    await request({ undo: true });
  }

  function request(change) {
    const headers = { "Content-Type": "application/json" };
    if (change.undo) return fetch(`/api/studies/${id}/undo?revision=${revision}`, { method: "POST" });
    if (change.text !== undefined) return fetch(`/api/studies/${id}`, { method: "PUT", headers, body: JSON.stringify({ text: change.text, revision }) });
    return fetch(`/api/studies/${id}/fields`, { method: "PATCH", headers, body: JSON.stringify({ revision, set: change.set, add: change.add, remove: change.remove }) });
  }

  // Both views take what the document now says; what is being typed in is left alone.
  async function take(now, reshape) {
    root.dataset.revision = revision = now.revision;
    $("[data-name]").textContent = now.name;
    if (!editor.writing && !queue.some((c) => c.text !== undefined)) {
      text.value = now.text;
      editor.text(now.text);
    }
    number(now.findings);
    const form = $(".form", root);
    if (reshape || !form || form.dataset.shape !== now.shape) {
      const held = document.activeElement?.dataset?.path;
      const open = $$("details.section[open]", root).map((d) => d.dataset.section);
      const part = await fetch(`/parts/studies/${id}/form`);
      if (part.ok) {
        $("#view-form").innerHTML = await part.text();
        for (const d of $$("details.section", root)) d.open ||= open.includes(d.dataset.section);
        if (held) $(`[data-path="${CSS.escape(held)}"]`, root)?.focus();
      }
    } else {
      for (const field of $$("[data-path]", form)) {
        const value = now.values[field.dataset.path] ?? now.values[`${field.dataset.path}.value`] ?? "";
        if (document.activeElement !== field && field.value !== value) field.value = field.sent = value;
      }
    }
    find(now);
  }

  /** True when a finding is told at a field: at its own, or at that of the number whose value, end or source it is. */
  function stands(path, field) {
    return path === field || (path.startsWith(`${field}.`) && /^(value|low|high|source|grade)$/.test(path.slice(field.length + 1)));
  }

  /** What may stand there and what to do, in the language of the page. */
  function remedy(f) {
    return f.says?.[document.documentElement.lang] ?? f.remedy;
  }

  function find(now) {
    const list = $("[data-findings]", root);
    list.replaceChildren();
    const errors = now.findings.filter((f) => f.severity === "error").length;
    const head = document.createElement("p");
    head.className = now.sound ? "sound" : "wrong";
    head.textContent = now.sound ? root.dataset.sound : root.dataset.wrong.replace("{0}", errors);
    list.append(head);
    const items = document.createElement("ul");
    for (const f of now.findings.slice(0, 50)) {
      const item = document.createElement("li");
      item.className = f.severity;
      const go = document.createElement("button");
      go.type = "button";
      go.className = "link";
      go.dataset.goto = f.line;
      go.dataset.field = f.path;
      go.textContent = root.dataset.line.replace("{0}", f.line);
      const path = document.createElement("code");
      path.textContent = f.path;
      const words = document.createElement("span");
      words.lang = f.says?.[document.documentElement.lang] ? document.documentElement.lang : "en";
      words.textContent = remedy(f);
      item.append(go, " ", path, " ", words);
      items.append(item);
    }
    if (now.findings.length) list.append(items);
    for (const place of $$(".finding[data-for]", root)) {
      const here = now.findings.filter((f) => stands(f.path, place.dataset.for));
      place.textContent = here.map(remedy).join(" ");
      place.parentElement.classList.toggle("wrong", here.some((f) => f.severity === "error"));
    }
    for (const field of $$(".form [data-path]", root)) {
      const wrong = now.findings.some((f) => f.severity === "error" && (f.path === field.dataset.path || f.path === `${field.dataset.path}.value`));
      if (wrong) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    for (const count of $$("[data-count]", root)) {
      const at = count.dataset.count;
      const n = now.findings.filter((f) => f.path === at || f.path.startsWith(`${at}.`) || f.path.startsWith(`${at}[`)).length;
      count.textContent = n;
      count.hidden = n === 0;
    }
    if (runButton) runButton.disabled = !now.sound;
    editor.findings(now.findings.map((f) => ({ line: f.line, severity: f.severity, words: `${f.path}: ${remedy(f)}` })));
  }

  function number(findings) {
    const wrong = new Set((findings ?? []).map((f) => f.line));
    const lines = text.value.split("\n").length;
    const gutter = $("[data-lines]", root);
    gutter.replaceChildren();
    for (let i = 1; i <= lines; i++) {
      const mark = document.createElement(wrong.has(i) ? "b" : "span");
      mark.textContent = `${i}\n`;
      gutter.append(mark);
    }
    gutter.scrollTop = text.scrollTop;
  }

  if (root.dataset.may === "write") {
    // A table of centres becomes part of the text once all else is there.
    root.addEventListener("change", (e) => {
      if (!e.target.matches("[data-centres-csv]")) return;
      readTable(e.target, $("[data-columns]", root), async (order) => {
        const answer = await fetch(`/api/studies/${id}/centres`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ ...order, revision }) });
        const now = await answer.json();
        if (!answer.ok) {
          const found = (now.findings ?? []).slice(0, 3).map((f) => `${root.dataset.line.replace("{0}", f.line)} ${f.path}: ${remedy(f)}`);
          say([now.detail, ...found].join(" "));
          return null;
        }
        if (!order.draft) take(now, true);
        return now;
      });
    });
    root.addEventListener("change", (e) => {
      const field = e.target.closest("[data-path]");
      if (!field) return;
      clearTimeout(field.pause);
      if (field.sent !== field.value) put({ set: { [field.dataset.path]: field.value === "" ? null : field.value } });
      field.sent = field.value;
    });
    // Findings while typing: a field is sent when its typist pauses, without waiting to be left.
    root.addEventListener("input", (e) => {
      const field = e.target.closest("input[data-path], textarea[data-path]");
      if (!field) return;
      clearTimeout(field.pause);
      field.pause = setTimeout(() => {
        if (!field.isConnected) return;
        field.sent = field.value;
        put({ set: { [field.dataset.path]: field.value === "" ? null : field.value } });
      }, 600);
    });
    text.addEventListener("input", () => {
      number();
      clearTimeout(text.pause);
      text.pause = setTimeout(() => put({ text: text.value }), 400);
    });
    $("[data-undo]", root).addEventListener("click", () => put({ undo: true, shape: true }));
    root.addEventListener("click", (e) => {
      const add = e.target.closest("[data-add]");
      if (add) put({ add: [add.dataset.add], shape: true });
      const remove = e.target.closest("[data-remove]");
      if (remove) put({ remove: [remove.dataset.remove], shape: true });
    });
  } else {
    for (const field of $$("[data-path], [data-text], [data-add], [data-remove], [data-undo], [data-centres-csv]", root)) field.disabled = true;
  }

  root.addEventListener("click", (e) => {
    const go = e.target.closest("[data-goto]");
    if (!go) return;
    const named = go.dataset.field && CSS.escape(go.dataset.field);
    const field = named && ($(`[data-path="${named}"]`, root) ?? $(`[data-path="${CSS.escape(go.dataset.field.replace(/\.value$/, ""))}"]`, root));
    if (field && !$("#view-form").hidden) {
      for (let d = field.closest("details"); d; d = d.parentElement.closest("details")) d.open = true;
      field.focus();
      field.scrollIntoView({ block: "center" });
      return;
    }
    tab("text");
    if (editor.go(+go.dataset.goto)) return;
    const lines = text.value.split("\n");
    const start = lines.slice(0, go.dataset.goto - 1).join("\n").length + (go.dataset.goto > 1 ? 1 : 0);
    text.focus();
    text.setSelectionRange(start, start + (lines[go.dataset.goto - 1]?.length ?? 0));
    text.scrollTop = (go.dataset.goto - 8) * (text.scrollHeight / lines.length);
  });
  text.addEventListener("scroll", () => ($("[data-lines]", root).scrollTop = text.scrollTop));

  const tabs = $$("[role=tab]", root);
  function tab(name) {
    for (const t of tabs) {
      const on = t.id === `tab-${name}`;
      t.setAttribute("aria-selected", on);
      t.tabIndex = on ? 0 : -1;
      $(`#view-${t.id.slice(4)}`).hidden = !on;
    }
    if (name === "text") edit();
    number();
  }
  // The editor is fetched when the text is first looked at, with what the check found meanwhile.
  function edit() {
    if (!editor.open()) return;
    fetch(`/api/studies/${id}`).then(async (answer) => answer.ok && find(await answer.json()));
  }
  if (!$("#view-text").hidden) edit();
  for (const t of tabs) {
    t.addEventListener("click", () => tab(t.id.slice(4)));
    t.addEventListener("keydown", (e) => {
      if (e.key !== "ArrowLeft" && e.key !== "ArrowRight") return;
      const other = tabs[(tabs.indexOf(t) + 1) % tabs.length];
      tab(other.id.slice(4));
      other.focus();
    });
  }

  // The run is of what stands in the document: it waits until all is there.
  $("form.ask", root)?.addEventListener("submit", (e) => {
    if (!queue.length && !busy) return;
    e.preventDefault();
    const wait = setInterval(() => {
      if (queue.length || busy) return;
      clearInterval(wait);
      if (!runButton.disabled) e.target.submit();
    }, 100);
  });

  const left = localStorage.getItem(pendingKey);
  if (left && root.dataset.may === "write") {
    queue = JSON.parse(left);
    const now = { revision, text: text.value, updatedBy: root.dataset.by };
    if (landed(queue[0], now)) drop(queue[0], now);
    if (queue.length) pump();
  }
  addEventListener("online", pump);
  number();
}
