import type { ReactNode } from "react";
import { Outlet } from "react-router";
import { middleware as suite } from "./suite.ts";

export const middleware = [suite];

export default function Root(): ReactNode {
  return (
    <html lang="en">
      <body>
        <Outlet />
      </body>
    </html>
  );
}
