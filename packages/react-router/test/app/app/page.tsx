import type { ReactNode } from "react";
import { route } from "./suite.ts";

export const loader = route("page");

export default function Page(): ReactNode {
  return <p>a page</p>;
}
