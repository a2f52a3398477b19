// A table of centres: what its columns mean is shown before it is taken, and may be changed.
const make = (name, words, more = {}) => Object.assign(document.createElement(name), { textContent: words }, more);

export async function readTable(input, box, send) {
  const file = input.files[0];
  input.value = "";
  if (!file) return;
  const csv = await file.text();
  const draft = await send({ csv, draft: true });
  if (!draft) return;
  const keys = JSON.parse(box.dataset.keys);
  const form = document.createElement("form");
  const table = document.createElement("table");
  const head = table.createTHead().insertRow();
  for (const words of [box.dataset.column, box.dataset.key]) head.append(make("th", words, { scope: "col" }));
  const body = table.createTBody();
  for (const column of draft.columns) {
    const row = body.insertRow();
    const name = make("th", column.header, { scope: "row", translate: false });
    const select = make("select", "", { name: column.header, ariaLabel: column.header });
    select.append(make("option", box.dataset.ignore, { value: "ignore" }));
    for (const [key, words] of Object.entries(keys)) select.append(make("option", `${words} (${key})`, { value: key, selected: key === column.key }));
    row.append(name);
    row.insertCell().append(select);
  }
  const take = make("button", box.dataset.take);
  const leave = make("button", box.dataset.leave, { type: "button", className: "secondary" });
  const buttons = make("p", "", { className: "row" });
  buttons.append(take, leave);
  form.append(make("p", box.dataset.rows.replace("{0}", draft.rows).replace("{1}", file.name)), table, buttons);
  box.replaceChildren(form);
  box.hidden = false;
  const close = () => {
    box.hidden = true;
    box.replaceChildren();
  };
  leave.addEventListener("click", close);
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    const columns = {};
    for (const select of form.querySelectorAll("select")) columns[select.name] = select.value;
    if (await send({ csv, columns, draft: false })) close();
  });
  form.querySelector("select")?.focus();
}
