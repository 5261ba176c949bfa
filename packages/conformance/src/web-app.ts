/** The handlers of the suite's app, for frameworks whose handlers are given a `Request` and give a `Response`. */
import type { Decision } from "@arcjet/core";
import type { SuiteApp } from "./harness.ts";

/** What a handler of the framework is called with is judged as it is. */
type Protect<Subject> = (subject: Subject) => Promise<Decision>;
type Handler<Subject> = (subject: Subject) => Promise<Response>;

/** Gives the handler of each route. */
export function webRoutes<Subject>(
  { ways, reached }: SuiteApp,
  protect: Protect<Subject>,
  requestOf: (subject: Subject) => Request,
): (route: string) => Handler<Subject> {
  return (route) => async (subject) => {
    if (ways.includes("handler") && (await protect(subject)).isDenied())
      return new Response(null, { status: 403 });
    reached(route);
    const request = requestOf(subject);
    const body: unknown = request.method === "POST" ? await request.json() : undefined;
    return Response.json({ route, body });
  };
}

const ROUTES = new Map([
  ["/hello", "hello"],
  ["/admin", "admin"],
  ["/echo", "echo"],
]);

/** All routes in one handler, for servers that have no router. */
export function fetchHandler(app: SuiteApp, protect: Protect<Request>): Handler<Request> {
  const handlerOf = webRoutes(app, protect, (request) => request);
  return async (request) => {
    const route = ROUTES.get(new URL(request.url).pathname);
    return route === undefined ? Response.json({}, { status: 404 }) : handlerOf(route)(request);
  };
}

/** The options of middleware and wrappers: the suite's own answer to a denied request, where it asks for one. */
export const webGuard = ({ deniedStatus }: SuiteApp): { readonly onDenied?: () => Response } =>
  deniedStatus === undefined
    ? {}
    : { onDenied: () => Response.json({ denied: true }, { status: deniedStatus }) };
