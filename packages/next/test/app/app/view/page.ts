import "../../suite";

export const dynamic = "force-dynamic";

/** A page whose parts are asked for one by one when a visitor comes from another. */
export default function View(): string {
  globalThis.arcjetSuite.rendered("view");
  return "view";
}
