// Filters: what is chosen stands in the fragment of the address.
(() => {
  "use strict";
  const form = document.getElementById("filters");
  const names = ["event", "kind", "text"];
  const examples = [...document.querySelectorAll("[data-example]")];
  const paths = [...document.querySelectorAll("[data-path]")];
  const texts = new Map([...examples, ...paths].map((e) => [e, e.textContent.toLowerCase()]));

  const read = () => {
    const chosen = new URLSearchParams(location.hash.slice(1));
    for (const name of names) form.elements[name].value = chosen.get(name) ?? "";
  };
  const write = () => {
    const chosen = new URLSearchParams();
    for (const name of names) if (form.elements[name].value) chosen.set(name, form.elements[name].value);
    location.replace("#" + chosen);
  };
  const apply = () => {
    const [event, kind, text] = names.map((name) => form.elements[name].value);
    const has = (e) => texts.get(e).includes(text.toLowerCase());
    let shown = 0;
    for (const e of examples) {
      e.hidden = (event && e.dataset.event !== event) || (kind && !e.dataset.kinds.split(" ").includes(kind)) || !has(e);
      if (!e.hidden) shown++;
    }
    for (const e of paths) e.hidden = !has(e);
    document.getElementById("shown").textContent = `${shown} of ${examples.length} examples`;
    const nothing = document.getElementById("nothing");
    if (nothing) nothing.hidden = shown > 0;
  };

  form.hidden = false;
  form.addEventListener("submit", (e) => e.preventDefault());
  form.addEventListener("input", () => { write(); apply(); });
  form.addEventListener("reset", () => setTimeout(() => { write(); apply(); }));
  for (const a of document.querySelectorAll("[data-choose]")) {
    a.addEventListener("click", (e) => {
      e.preventDefault();
      form.elements.event.value = a.dataset.choose;
      write();
      apply();
      document.getElementById("examples")?.scrollIntoView();
    });
  }
  addEventListener("hashchange", () => { read(); apply(); });
  read();
  apply();
})();
