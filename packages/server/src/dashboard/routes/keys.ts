import type { Context as HonoContext, Hono } from "hono";
import type { Context, Env } from "../dashboard.ts";
import { isOwnForm } from "../headers.ts";
import { frameOf, showKeys, showProblem } from "../show.tsx";
import { formOf } from "./sign-in.ts";

const messageOf = (cause: unknown): string =>
  cause instanceof Error ? cause.message : "That did not work.";

/** The keys of the server: seen, made and revoked. */
export function addKeyRoutes(app: Hono<Env>, shared: Context): void {
  const { keys, sessions } = shared;

  const page = async (
    context: HonoContext<Env>,
    more: { made?: string; problem?: string } = {},
  ) => {
    const frame = await frameOf(context, shared);
    const status = more.problem === undefined ? 200 : 400;
    const data = {
      keys: await keys.list(),
      canCreate: keys.create !== undefined,
      canRevoke: keys.revoke !== undefined,
      ...more,
    };
    return context.html(showKeys(frame, data), status);
  };

  /** Runs what a form of this session asks for. */
  const change = async (
    context: HonoContext<Env>,
    run: (form: URLSearchParams) => Promise<{ made?: string }>,
  ) => {
    const form = await formOf(context.req.raw);
    const token = form?.get("form") ?? "";
    if (!form || !isOwnForm(context.req.raw) || !sessions.admitsForm(context.get("session"), token))
      return context.html(
        showProblem(
          await frameOf(context, shared),
          "Refused",
          "The form came from another site or is too old.",
        ),
        403,
      );
    try {
      return await page(context, await run(form));
    } catch (cause) {
      return page(context, { problem: messageOf(cause) });
    }
  };

  app.get("/keys", (context) => page(context));
  app.post("/keys", (context) =>
    change(context, async (form) => {
      if (keys.create === undefined) throw new Error("Keys cannot be made here.");
      return { made: await keys.create(form.get("site") ?? "") };
    }),
  );
  app.post("/keys/revoke", (context) =>
    change(context, async (form) => {
      if (keys.revoke === undefined) throw new Error("Keys cannot be revoked here.");
      await keys.revoke(form.get("id") ?? "");
      return {};
    }),
  );
}
