// The text view: a plain one that needs nothing, and in its place an editor with colours and findings at their line where there is room for one.
const narrow = 640;

/** Puts the editor over a plain text field; what either holds, both hold. */
export function overlay(field, plain, { address, label, readOnly }) {
  let frame = null;
  let shown = false;
  let findings = [];
  const send = (message) => frame?.contentWindow?.postMessage(message, location.origin);

  function hear({ origin, source, data }) {
    if (!frame || origin !== location.origin || source !== frame.contentWindow) return;
    if (data.ready) {
      const light = document.documentElement.dataset.light;
      const dark = light === "dark" || (light === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
      send({ begin: { text: field.value, label, dark, readOnly } });
    }
    if (data.shown) {
      shown = true;
      plain.hidden = true;
      frame.hidden = false;
      send({ text: field.value, findings });
    }
    if (data.text !== undefined) {
      field.value = data.text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }

  return {
    /** Called when the view comes to sight: only then is the editor fetched. True the first time. */
    open() {
      if (frame || innerWidth <= narrow) return false;
      frame = document.createElement("iframe");
      frame.className = "editor-frame";
      frame.title = label;
      frame.hidden = true;
      addEventListener("message", hear);
      frame.src = address;
      plain.after(frame);
      return true;
    },
    /** True while a person is writing here. */
    get writing() {
      return document.activeElement === field || (frame !== null && document.activeElement === frame);
    },
    text: (words) => shown && send({ text: words }),
    findings(now) {
      findings = now;
      if (shown) send({ findings });
    },
    /** Goes to a line; false where the plain view has to. */
    go(line) {
      if (shown) send({ line });
      return shown;
    },
  };
}
