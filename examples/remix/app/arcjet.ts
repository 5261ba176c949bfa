import arcjet, { detectBot, filter, shield } from "@arcjet/remix";

/** The client of the app; routes add rules of their own to it. */
export const aj = arcjet({
  rules: [
    shield({ mode: "LIVE" }),
    detectBot({ mode: "LIVE", allow: ["CATEGORY:SEARCH_ENGINE"] }),
    filter({ mode: "LIVE", deny: ['http.request.uri.path.canonical eq "/admin"'] }),
  ],
});
