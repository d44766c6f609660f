// Starts YASGUI in place of the plain form, which stays where anything fails.
import { labelled } from "./labels.js";
import { offerQuestions } from "./questions.js";
import { openEditor } from "./yasgui.js";

/** What the page says: where to ask, the query to begin with, prefixes, other pages. */
function read(mount) {
  return {
    ...JSON.parse(mount.dataset.known),
    endpoint: window.location.origin + window.location.pathname,
    value: document.getElementById("query").defaultValue,
  };
}

/** A button with words. */
function button(words, parent, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", act);
  parent.append(made);
  return made;
}

/** What can be done with queries as a whole; YASGUI offers it to the mouse alone. */
function offerTools(mount, yasgui) {
  const tools = document.createElement("p");
  tools.className = "tools";
  button("New query", tools, () => yasgui.addTab(true).getYasqe()?.focus());
  button("Close this query", tools, () => {
    yasgui.getTab()?.close();
    if (!Object.keys(yasgui._tabs).length) yasgui.addTab(true);
  });
  mount.before(tools);
  return tools;
}

/** The button that changes between editor and form; the query goes along. */
function offerForm(mount, plain, tools, yasgui) {
  const form = document.getElementById("query");
  const show = (editing) => {
    mount.hidden = !editing;
    plain.hidden = editing;
    document.documentElement.classList.toggle("editing", editing);
    change.textContent = editing ? "Use a plain form" : "Use the editor";
  };
  const change = button("", tools, () => {
    const editing = mount.hidden;
    if (editing) yasgui.getTab()?.setQuery(form.value);
    else form.value = yasgui.getTab()?.getQuery() ?? form.value;
    show(editing);
    if (editing) yasgui.getTab()?.show();
  });
  change.id = "change";
  show(true);
}

function start() {
  const mount = document.getElementById("editor");
  const plain = document.getElementById("plain");
  if (!mount || !window.Yasgui) return;
  const known = read(mount);
  const examples = [...document.querySelectorAll("details.example")];
  mount.hidden = false; // YASGUI measures what it draws
  const parent = document.createElement("div");
  mount.append(parent);
  const yasgui = openEditor(parent, known, examples);
  labelled(parent, known);
  offerQuestions(mount, examples, yasgui);
  offerForm(mount, plain, offerTools(mount, yasgui), yasgui);
  yasgui.getTab()?.show();
}

start();
