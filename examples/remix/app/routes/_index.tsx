import { useLoaderData } from "@remix-run/react";
import type { LoaderFunctionArgs } from "@remix-run/server-runtime";

export const loader = ({ context }: LoaderFunctionArgs) => ({
  decision: JSON.stringify(context.arcjet, null, 2),
});

/** A page that shows visitors the decision about their own request. */
export default function Home() {
  return <pre>{useLoaderData<typeof loader>().decision}</pre>;
}
