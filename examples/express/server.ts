import { createApp } from "./app.ts";
import { BROWSER, suggestions, toCommand } from "./suggestions.ts";

const port = Number(process.env.PORT ?? 3000);
// The example is tried from the machine it runs on, whose loopback address is no public one.
process.env.ARCJET_ENV ??= "development";

createApp().listen(port, () => {
  const base = `http://localhost:${port}`;
  console.log(`
  The protected app is at ${base}

  Open it in a browser, then try:
    BROWSER="${BROWSER}"
    ${suggestions.map((suggestion) => toCommand(base, suggestion)).join("\n    ")}
`);
});
