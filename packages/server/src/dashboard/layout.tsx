/** @jsxImportSource hono/jsx */
// The frame of every page.
import type { Child } from "hono/jsx";
import type { WriteStatus } from "../log/index.ts";
import { script, style } from "../gen/assets.ts";
import { count } from "./format.ts";
import { linkTo, RANGES, type View } from "./params.ts";

/** What the frame of a page is made from. */
export interface Frame {
  readonly path: string;
  /** What forms of this session carry. */
  readonly formToken: string;
  readonly status: WriteStatus;
  readonly sites: readonly string[];
}

const LINKS = [
  ["/", "Overview"],
  ["/decisions", "Decisions"],
  ["/top", "Top"],
  ["/dry-run", "Dry run"],
  ["/keys", "Keys"],
  ["/log", "Log"],
] as const;

export function Document({ title, children }: { title: string; children?: Child }) {
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>{`${title} · Arcjet`}</title>
        <link rel="icon" type="image/svg+xml" href="/assets/icon.svg" />
        <link rel="stylesheet" href={style.path} />
        <script src={script.path} defer></script>
      </head>
      <body>{children}</body>
    </html>
  );
}

function Mark() {
  return (
    <span class="mark">
      <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
        <path d="M12 2 3 6v6c0 5 3.8 8.6 9 10 5.2-1.4 9-5 9-10V6z" />
        <path class="tick" d="m8 12 3 3 5-6" />
      </svg>
      Arcjet
    </span>
  );
}

function Warning({ status }: { status: WriteStatus }) {
  const { failure, dropped, waiting } = status;
  if (failure === undefined && dropped === 0) return null;
  return (
    <div class="notice bad" role="status">
      {failure === undefined ? (
        <p>
          <strong>{count(dropped)} decisions are missing</strong> from this log since the server
          began. <a href="/log">When and why</a>
        </p>
      ) : (
        <p>
          <strong>Decisions are made, but not written to the log:</strong> {failure}.{" "}
          {count(waiting)} wait, {count(dropped)} are dropped so far.
        </p>
      )}
    </div>
  );
}

export function Page({
  title,
  frame,
  children,
}: {
  title: string;
  frame: Frame;
  children?: Child;
}) {
  const at = LINKS.findLast(([path]) => path === frame.path || frame.path.startsWith(`${path}/`));
  return (
    <Document title={title}>
      <a class="skip" href="#main">
        Skip to content
      </a>
      <header class="top">
        <Mark />
        <nav aria-label="Pages">
          {LINKS.map((link) => (
            <a href={link[0]} aria-current={link === at ? "page" : undefined}>
              {link[1]}
            </a>
          ))}
        </nav>
        <form method="post" action="/sign-out">
          <input type="hidden" name="form" value={frame.formToken} />
          <button class="quiet">Sign out</button>
        </form>
      </header>
      <main id="main" tabindex={-1}>
        <Warning status={frame.status} />
        {children}
      </main>
    </Document>
  );
}

/** The head of a page that tells of a period: its title, the site and the range. */
export function PeriodHead({ title, view, frame }: { title: string; view: View; frame: Frame }) {
  const { range, site } = view;
  const known = site === undefined || frame.sites.includes(site);
  const sites = known ? frame.sites : [site, ...frame.sites];
  return (
    <div class="head">
      <h1>{title}</h1>
      <form method="get" class="period" data-submit>
        <label>
          Site{" "}
          <select name="site">
            <option value="">All sites</option>
            {sites.map((name) => (
              <option value={name} selected={name === site}>
                {name}
              </option>
            ))}
          </select>
        </label>
        <input type="hidden" name="range" value={range} />
        <noscript>
          <button>Show</button>
        </noscript>
      </form>
      <div class="ranges" role="group" aria-label="Period">
        {RANGES.map((name) => (
          <a
            href={linkTo(frame.path, { range: name, site })}
            aria-current={name === range ? "true" : undefined}
          >
            {name}
          </a>
        ))}
      </div>
    </div>
  );
}
