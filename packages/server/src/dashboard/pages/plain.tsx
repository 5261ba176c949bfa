/** @jsxImportSource hono/jsx */
// Pages outside the log: signing in, and what went wrong.
import { Document, Page, type Frame } from "../layout.tsx";

export function SignIn({ problem, next }: { problem?: string; next: string }) {
  return (
    <Document title="Sign in">
      <main id="main" class="sign-in">
        <form method="post" action="/sign-in" class="card">
          <h1>Arcjet</h1>
          <p class="note">The admin token of this server opens its decision log.</p>
          {problem === undefined ? null : (
            <p class="notice bad" role="alert">
              {problem}
            </p>
          )}
          <input type="hidden" name="next" value={next} />
          <label>
            Admin token
            <input
              type="password"
              name="token"
              required
              autocomplete="current-password"
              maxlength={512}
              autofocus
            />
          </label>
          <button class="main">Sign in</button>
        </form>
      </main>
    </Document>
  );
}

export function Problem({ frame, title, text }: { frame: Frame; title: string; text: string }) {
  return (
    <Page title={title} frame={frame}>
      <div class="head">
        <h1>{title}</h1>
      </div>
      <div class="notice bad" role="alert">
        <p>{text}</p>
      </div>
    </Page>
  );
}
