import { route } from "../suite.ts";

export const loader = route("page");

export default function Page() {
  return <p>a page</p>;
}
