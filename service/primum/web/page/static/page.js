// Answers on every change of the question, without loading the page anew; without scripts the form is sent.
"use strict";

const form = document.getElementById("question");
const WAIT = 250;
let waiting = 0;
let asked = 0;

/** The address of the question in the form, without empty fields. */
function address() {
  const fields = [...new FormData(form)].filter(([, value]) => value.trim());
  return `${form.action}?${new URLSearchParams(fields)}`;
}

/** Put the answer of an address into the page; a later question overtakes an earlier one. */
async function show(url, keep) {
  const mine = ++asked;
  const answer = document.getElementById("answer");
  answer.setAttribute("aria-busy", "true");
  const response = await fetch(url, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (mine !== asked) return;
  const opened = [...document.querySelectorAll("details[open][id]")].map((each) => each.id);
  answer.replaceWith(page.getElementById("answer"));
  opened.forEach((id) => document.getElementById(id)?.setAttribute("open", ""));
  document.title = page.title;
  offerCopies();
  if (keep) history.pushState(null, "", url);
}

/** The injury that is typed, by its label or one of its synonyms, if it is known. */
function typedInjury() {
  const name = form.elements.injury.value.trim().toLowerCase();
  const names = (each) => [each.value, ...each.textContent.split(", ")].map((one) => one.toLowerCase());
  return [...document.querySelectorAll("#injuries option")].find((each) => names(each).includes(name));
}

/** Ask for the grade only where the injury has grades. */
function offerGrades() {
  const injury = typedInjury();
  if (injury) document.getElementById("grades").disabled = !injury.dataset.grades;
}

/** Answer what the form holds, when no key has been pressed for a moment. */
function ask() {
  clearTimeout(waiting);
  waiting = setTimeout(() => show(address(), true), WAIT);
}

/** Let what stands in blocks of code be copied. */
function offerCopies() {
  for (const button of document.querySelectorAll(".copy[hidden]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent);
      button.textContent = "Copied";
    });
  }
}

offerCopies();
if (form) {
  form.addEventListener("change", (event) => {
    offerGrades();
    if (event.target.id === "factor") form.requestSubmit();
    else ask();
  });
  window.addEventListener("popstate", () => location.reload());
}
