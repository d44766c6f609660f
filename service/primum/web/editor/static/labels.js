// Gives what YASGUI draws the names and roles that it leaves out, each time that it draws.

const NAMES = {
  ".tabsList": "Queries",
  ".tableSizer": "Rows on a page",
  ".yasqe_sharePopup input": "Link to this query",
  ".yasr_btnGroup": "How the result is shown",
  ".tab input": "Name of the query",
};

/** Names of elements that have none. */
function name(root) {
  for (const [selector, words] of Object.entries(NAMES)) {
    for (const found of root.querySelectorAll(selector)) {
      if (!found.hasAttribute("aria-label")) found.setAttribute("aria-label", words);
    }
  }
  for (const editor of root.querySelectorAll(".yasr .CodeMirror")) {
    editor.CodeMirror?.setOption("screenReaderLabel", "Response");
  }
  for (const editable of root.querySelectorAll(".yasqe .CodeMirror-code[contenteditable]")) {
    editable.setAttribute("role", "textbox");
    editable.setAttribute("aria-multiline", "true");
  }
  for (const title of root.querySelectorAll("th .dt-column-title:empty")) title.textContent = "#";
}

/** What is found is told when it comes, and can be reached as a region. */
function tell(root) {
  for (const chip of root.querySelectorAll(".yasr_response_chip")) chip.setAttribute("role", "status");
  for (const results of root.querySelectorAll(".yasr")) {
    results.setAttribute("role", "region");
    results.setAttribute("aria-label", "Result");
  }
  for (const button of root.querySelectorAll(".yasr_btnGroup button")) {
    button.setAttribute("aria-pressed", String(button.classList.contains("selected")));
    button.setAttribute("aria-disabled", String(button.classList.contains("disabled")));
  }
}

/** Terms that have a page here are linked to it, not to where their IRIs are redirected. */
function link(root, known) {
  if (!known.links.ontology) return;
  for (const anchor of root.querySelectorAll(`a.iri[href^="${known.base}"]`)) {
    anchor.href = `/${anchor.getAttribute("href").slice(known.base.length)}`;
  }
}

/** The first line of the open query that the editor cannot read. */
function unreadable(root) {
  const icon = root.querySelector(".tabPanel.active .parseErrorIcon");
  const line = icon?.closest(".CodeMirror-gutter-wrapper")?.querySelector(".CodeMirror-linenumber");
  return line ? `The editor cannot read line ${line.textContent}.` : "";
}

/** Names what is drawn in an element, now and whenever it changes. */
export function labelled(root, known) {
  const status = document.createElement("p");
  status.className = "syntax";
  status.setAttribute("role", "status");
  root.prepend(status);
  const look = () => {
    name(root);
    tell(root);
    link(root, known);
    const words = unreadable(root);
    if (status.textContent !== words) status.textContent = words;
  };
  let waiting;
  const observer = new MutationObserver(() => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 300);
  });
  observer.observe(root, { childList: true, subtree: true, attributeFilter: ["class"] });
  look();
}
