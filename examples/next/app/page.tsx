import arcjet, { request, slidingWindow } from "@arcjet/next";
import type { ReactNode } from "react";

const aj = arcjet({ rules: [slidingWindow({ mode: "LIVE", interval: "1m", max: 100 })] });

/** A page that shows visitors the decision about their own request. */
export default async function Page(): Promise<ReactNode> {
  const decision = await aj.protect(await request());
  return (
    <main>
      <h1>{decision.conclusion}</h1>
      <pre>{JSON.stringify(decision, null, 2)}</pre>
    </main>
  );
}
