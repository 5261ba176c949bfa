import type { Hono } from "hono";
import { script, style } from "../gen/assets.ts";
import type { Env } from "./dashboard.ts";

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#4f46e5" d="M12 2 3 6v6c0 5 3.8 8.6 9 10 5.2-1.4 9-5 9-10V6z"/><path fill="none" stroke="#fff" stroke-width="2" d="m8 12 3 3 5-6"/></svg>';
/** Their names change with their contents. */
const FOREVER = "public, max-age=31536000, immutable";

/** What pages load; everybody may. */
export function addAssets(app: Hono<Env>): void {
  for (const { path, type, text } of [script, style])
    app.get(path, (context) =>
      context.body(text, 200, { "content-type": type, "cache-control": FOREVER }),
    );
  app.get("/assets/icon.svg", (context) =>
    context.body(ICON, 200, { "content-type": "image/svg+xml", "cache-control": "max-age=86400" }),
  );
}
