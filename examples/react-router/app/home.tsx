import { arcjetContext } from "@arcjet/react-router";
import type { ReactNode } from "react";
import { useLoaderData, type LoaderFunctionArgs } from "react-router";

export const loader = ({ context }: LoaderFunctionArgs) => ({
  decision: JSON.stringify(context.get(arcjetContext), null, 2),
});

/** A page that shows visitors the decision about their own request. */
export default function Home(): ReactNode {
  return <pre>{useLoaderData<typeof loader>().decision}</pre>;
}
