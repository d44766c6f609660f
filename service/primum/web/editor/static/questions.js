// The named questions, to choose from and open in the editor.

/** What the page says of a named question. */
function read(example) {
  return {
    title: example.querySelector("summary").textContent.trim(),
    question: example.querySelector(".question").textContent.trim(),
    text: example.querySelector("textarea").defaultValue,
  };
}

/** The choice, put before the editor. */
export function offerQuestions(mount, examples, yasgui) {
  if (!examples.length) return;
  const questions = examples.map(read);
  const form = document.createElement("form");
  form.className = "named";
  const label = document.createElement("label");
  label.htmlFor = "named";
  label.textContent = "Named question";
  const select = document.createElement("select");
  select.id = "named";
  for (const question of questions) select.append(new Option(question.title));
  const button = document.createElement("button");
  button.type = "submit";
  button.textContent = "Open";
  const words = document.createElement("p");
  words.id = "named-question";
  words.setAttribute("aria-live", "polite");
  select.setAttribute("aria-describedby", words.id);
  const say = () => {
    words.textContent = questions[select.selectedIndex].question;
  };
  select.addEventListener("change", say);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { title, text } = questions[select.selectedIndex];
    const tab = { name: title, yasqe: { value: text } };
    yasgui.addTab(true, tab, { avoidDuplicateTabs: true }).getYasqe()?.focus();
  });
  form.append(label, select, button, words);
  mount.prepend(form);
  say();
}
