
"use strict";
// Filters what the page shows. Without it, all is shown, and the boxes for the verdicts work by themselves.
for (const element of document.querySelectorAll("[data-script]")) element.hidden = false;
const verdicts = [...document.querySelectorAll("input[name=verdict]")];
const article = document.querySelector("select[name=article]");
const words = document.querySelector("input[name=words]");
const shown = document.querySelector("output");
const sections = [...document.querySelectorAll("section")];
function plain(text) {
  return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/’/g, "'").replace(/\s+/g, " ").toLowerCase();
}
const texts = new Map();
for (const element of document.querySelectorAll(".case")) texts.set(element, plain(element.textContent));
function filter() {
  const wanted = plain(words.value.trim());
  const off = new Set(verdicts.filter(box => !box.checked).map(box => box.value));
  let count = 0;
  for (const section of sections) {
    let any = false;
    for (const element of section.querySelectorAll(".case")) {
      const fits = (!article.value || element.dataset.article === article.value)
        && !off.has(element.dataset.verdict) && texts.get(element).includes(wanted);
      element.hidden = !fits;
      any = any || fits;
      count += fits;
    }
    section.hidden = !any;
  }
  shown.textContent = count + " of " + texts.size + " shown";
}
if (shown) {
  for (const control of [...verdicts, article, words]) control.addEventListener("input", filter);
  filter();
}
