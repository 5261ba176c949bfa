import { drawCharts } from "./chart.ts";
import { followLive } from "./live.ts";

drawCharts();
followLive();
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-submit]"))
  form.addEventListener("change", () => form.requestSubmit());
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-confirm]"))
  form.addEventListener("submit", (event) => {
    if (!confirm(form.dataset["confirm"])) event.preventDefault();
  });
