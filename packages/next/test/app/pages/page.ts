import "../suite";

/** A page of the older router, whose data has a path of its own. */
export function getServerSideProps(): { readonly props: object } {
  globalThis.arcjetSuite.rendered("page");
  return { props: {} };
}

export default function Page(): null {
  return null;
}
