import type { Decision } from "@arcjet/express";

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
const escape = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ESCAPES[character] ?? "");

/** A page that shows visitors the decision about their own request. */
export function visitorPage(decision: Decision): string {
  const rows = decision.results.map(
    ({ type, state, conclusion }) =>
      `<tr><td>${type}</td><td>${state}</td><td>${conclusion}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Your request, judged</title>
    <style>body{font:16px/1.5 system-ui;max-width:44rem;margin:3rem auto;padding:0 1rem;color-scheme:light dark}
    table{border-collapse:collapse}td,th{padding:.25rem 1rem .25rem 0;text-align:left}pre{overflow:auto;padding:1rem;border:1px solid #8884;border-radius:.5rem}</style>
  </head>
  <body>
    <h1>${escape(decision.conclusion)}</h1>
    <p>Decision <code>${escape(decision.id)}</code></p>
    <table><tr><th>Rule</th><th>State</th><th>Conclusion</th></tr>${rows.join("")}</table>
    <h2>The whole decision</h2>
    <pre>${escape(JSON.stringify(decision, null, 2))}</pre>
  </body>
</html>`;
}
