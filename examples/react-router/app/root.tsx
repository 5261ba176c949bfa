import type { ReactNode } from "react";
import { Outlet } from "react-router";
import { aj } from "./arcjet.server.ts";

/** Every request is judged for attacks and bots before it reaches a route. */
export const middleware = [aj.middleware()];

export default function Root(): ReactNode {
  return (
    <html lang="en">
      <body>
        <Outlet />
      </body>
    </html>
  );
}
