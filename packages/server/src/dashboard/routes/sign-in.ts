import type { Context as HonoContext, Hono } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";
import type { Attempts } from "../attempts.ts";
import type { Context, Env } from "../dashboard.ts";
import { isOwnForm } from "../headers.ts";
import { showSignIn } from "../show.tsx";
import { COOKIE, KNOWN_DAYS } from "../session.ts";

const SECONDS_PER_DAY = 86_400;
/** Characters of a form that are read. */
export const MAX_FORM = 4_096;

/** The fields of a form; undefined when it is too long. */
export async function formOf(request: Request): Promise<URLSearchParams | undefined> {
  const text = await request.text();
  return text.length > MAX_FORM ? undefined : new URLSearchParams(text);
}

/** A path of this server, or the first page: never an address elsewhere. */
export function ownPath(path: string | null): string {
  if (path === null || !/^\/[\w.~%*?&=+:/-]*$/.test(path) || path.startsWith("//")) return "/";
  return path;
}

const isSecure = (request: Request, { secure }: Context): boolean =>
  secure || new URL(request.url).protocol === "https:";

/** Lets through whoever is signed in, shows all others the way, and refuses forms of other sites. */
export function addSignIn(app: Hono<Env>, shared: Context, attempts: Attempts): void {
  const { sessions } = shared;
  const refuse = (
    context: HonoContext<Env>,
    status: 401 | 403 | 429,
    problem: string,
    next = "/",
  ) => context.html(showSignIn(next, problem), status);

  app.get("/sign-in", (context) =>
    context.html(showSignIn(ownPath(context.req.query("next") ?? null))),
  );
  app.post("/sign-in", async (context) => {
    if (!isOwnForm(context.req.raw))
      return refuse(context, 403, "The form came from another site.");
    const guesser = {
      known: sessions.knownBy(getCookie(context, COOKIE)),
      address: context.env.address,
    };
    if (!attempts.allowed(guesser))
      return refuse(context, 429, "Too many wrong tokens. Try again in five minutes.");
    const form = await formOf(context.req.raw);
    const next = ownPath(form?.get("next") ?? null);
    if (!sessions.admits(form?.get("token") ?? "")) {
      attempts.wrong(guesser);
      return refuse(context, 401, "This is not the admin token.", next);
    }
    setCookie(context, COOKIE, sessions.begin(), {
      httpOnly: true,
      sameSite: "Lax",
      path: "/",
      maxAge: KNOWN_DAYS * SECONDS_PER_DAY,
      secure: isSecure(context.req.raw, shared),
    });
    return context.redirect(next, 303);
  });

  app.use(async (context, next) => {
    const cookie = getCookie(context, COOKIE);
    if (!sessions.holds(cookie)) {
      const { pathname, search } = new URL(context.req.url);
      if (context.req.method !== "GET") return refuse(context, 401, "The session is over.");
      if (context.req.header("accept")?.includes("application/json") === true)
        return context.json({ error: "signed out" }, 401);
      const target = pathname === "/" ? "" : `?next=${encodeURIComponent(pathname + search)}`;
      return context.redirect(`/sign-in${target}`, 303);
    }
    context.set("session", cookie);
    return next();
  });

  app.post("/sign-out", async (context) => {
    const form = await formOf(context.req.raw);
    const token = form?.get("form") ?? "";
    if (!isOwnForm(context.req.raw) || !sessions.admitsForm(context.get("session"), token))
      return refuse(context, 403, "The form came from another site.");
    sessions.end(context.get("session"));
    deleteCookie(context, COOKIE, { path: "/" });
    return context.redirect("/sign-in", 303);
  });
}
