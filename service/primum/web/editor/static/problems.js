// Says in words what was wrong: the service answers with problem documents (RFC 9457).

/** An element with text, which is never read as HTML. */
function element(name, text, parent) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  parent?.append(made);
  return made;
}

/** A sentence in which what stands between backquotes is code. */
function sentence(text, parent) {
  const made = element("p", undefined, parent);
  text.split("`").forEach((part, place) => {
    if (place % 2) element("code", part, made);
    else made.append(part);
  });
}

/** The members of a problem document, or what there is instead of one. */
function read(text) {
  try {
    const problem = JSON.parse(text);
    if (problem && typeof problem.detail === "string") return problem;
  } catch {
    // Not of the service: the connection broke, or something stands between.
  }
  return { title: "No answer", detail: `The service gave no answer that can be read (${text}).` };
}

/** A button that puts the cursor where the query is wrong. */
function placeButton(problem, yasgui, parent) {
  const place = (problem.errors ?? []).find((error) => error.line);
  if (!place) return;
  const column = place.column ? `, column ${place.column}` : "";
  const button = element("button", `Go to line ${place.line}${column}`, parent);
  button.type = "button";
  button.addEventListener("click", () => {
    const yasqe = yasgui()?.getTab()?.getYasqe();
    yasqe?.getDoc().setCursor({ line: place.line - 1, ch: (place.column ?? 1) - 1 });
    yasqe?.focus();
  });
}

/** What may stand there instead. */
function allowedList(problem, parent) {
  const allowed = (problem.errors ?? []).flatMap((error) => error.allowed ?? []);
  if (!allowed.length) return;
  element("p", "There may stand:", parent);
  const list = element("ul", undefined, parent);
  for (const word of allowed) element("code", word.replaceAll("`", ""), element("li", undefined, list));
}

/** The page about this kind of problem. */
function kindLink(problem, docs, parent) {
  const kind = String(problem.type ?? "").split("/").pop();
  if (!docs || !kind) return;
  const link = element("a", "What this kind of error means", element("p", undefined, parent));
  link.href = `${docs}/problems/${encodeURIComponent(kind)}`;
}

/** An error as YASGUI shows it. */
export async function explained(error, known, yasgui) {
  const problem = read(error.text ?? "");
  const shown = document.createElement("div");
  shown.className = "problem";
  shown.setAttribute("role", "alert");
  element("strong", problem.title ?? "Error", element("p", undefined, shown));
  sentence(problem.detail, shown);
  allowedList(problem, shown);
  placeButton(problem, yasgui, shown);
  kindLink(problem, known.links.docs, shown);
  return shown;
}
