import { defineConfig, detectBot, filter, shield } from "@arcjet/express";

/** The rules of every request; `arcjet check`, `replay` and `explain` read them from here as well. */
export default defineConfig({
  rules: [
    shield({ mode: "LIVE" }),
    detectBot({ mode: "LIVE", allow: ["CATEGORY:SEARCH_ENGINE"] }),
    filter({ mode: "LIVE", deny: ['http.request.uri.path.canonical eq "/admin"'] }),
  ],
});
