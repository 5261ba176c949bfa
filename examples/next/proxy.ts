import arcjet, { createProxy, detectBot, filter, shield } from "@arcjet/next";

/** Every request is judged for attacks and bots before it reaches a route. */
const aj = arcjet({
  rules: [
    shield({ mode: "LIVE" }),
    detectBot({ mode: "LIVE", allow: ["CATEGORY:SEARCH_ENGINE"] }),
    filter({ mode: "LIVE", deny: ['http.request.uri.path.canonical eq "/admin"'] }),
  ],
});

export default createProxy(aj);
