// The text of a study in Monaco, in a frame of its own: the editor writes styles into its page, which the other pages' policy refuses. Words come and go as messages.
import { monaco } from "./monaco.js";

self.MonacoEnvironment = { getWorker: () => new Worker(new URL("./monaco-worker.js", import.meta.url)) };

const page = parent;
const tell = (message) => page.postMessage(message, location.origin);
let editor = null;
// A text that came from the page is not sent back to it.
let told = false;

const severities = { error: monaco.MarkerSeverity.Error, warning: monaco.MarkerSeverity.Warning };

function begin({ text, label, dark, readOnly }) {
  document.documentElement.lang = page.document.documentElement.lang;
  monaco.editor.defineTheme("plain", { base: "vs", inherit: true, rules: [], colors: { "editorLineNumber.foreground": "#566273" } });
  editor = monaco.editor.create(document.getElementById("editor"), {
    value: text,
    language: "yaml",
    theme: dark ? "vs-dark" : "plain",
    readOnly,
    ariaLabel: label,
    automaticLayout: true,
    // Tab leaves the editor: nobody is caught in it.
    tabFocusMode: true,
    tabSize: 2,
    fontSize: 13.5,
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    renderFinalNewline: "on",
    unicodeHighlight: { ambiguousCharacters: false },
    wordBasedSuggestions: "off",
  });
  editor.onDidChangeModelContent(() => told || tell({ text: editor.getValue() }));
  tell({ shown: true });
}

function take(text) {
  const model = editor.getModel();
  if (model.getValue() === text) return;
  told = true;
  model.pushEditOperations(editor.getSelections(), [{ range: model.getFullModelRange(), text }], () => null);
  told = false;
}

function mark(findings) {
  const model = editor.getModel();
  monaco.editor.setModelMarkers(
    model,
    "check",
    findings.map((f) => {
      const line = Math.min(Math.max(1, f.line), model.getLineCount());
      return {
        severity: severities[f.severity] ?? severities.error,
        message: f.words,
        startLineNumber: line,
        startColumn: model.getLineFirstNonWhitespaceColumn(line) || 1,
        endLineNumber: line,
        endColumn: model.getLineMaxColumn(line),
      };
    }),
  );
}

function go(line) {
  editor.setPosition({ lineNumber: line, column: 1 });
  editor.revealLineInCenter(line);
  editor.focus();
}

addEventListener("message", ({ origin, source, data }) => {
  if (origin !== location.origin || source !== page) return;
  if (data.begin) begin(data.begin);
  if (!editor) return;
  if (data.text !== undefined) take(data.text);
  if (data.findings) mark(data.findings);
  if (data.line) go(data.line);
});

tell({ ready: true });
