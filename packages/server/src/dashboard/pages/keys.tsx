/** @jsxImportSource hono/jsx */
import type { SiteKey } from "../../keys.ts";
import { Page, type Frame } from "../layout.tsx";
import { Card, Cell } from "../parts.tsx";

export interface KeysData {
  readonly keys: readonly SiteKey[];
  readonly canCreate: boolean;
  readonly canRevoke: boolean;
  /** A key that was just made: shown this once. */
  readonly made?: string | undefined;
  readonly problem?: string | undefined;
}

/** Keys of one page; the file may hold more. */
const SHOWN = 500;

function Revoke({ id, frame }: { id: string; frame: Frame }) {
  return (
    <form
      method="post"
      action="/keys/revoke"
      data-confirm={`Revoke ${id}? Clients that use it are refused.`}
    >
      <input type="hidden" name="form" value={frame.formToken} />
      <input type="hidden" name="id" value={id} />
      <button class="danger" aria-label={`Revoke ${id}`}>
        Revoke
      </button>
    </form>
  );
}

function Line({ value, frame, canRevoke }: { value: SiteKey; frame: Frame; canRevoke: boolean }) {
  const { id, site, created, revoked } = value;
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <code>{id}</code>
      </th>
      <Cell name="Site">{site}</Cell>
      <Cell name="Created (UTC)">{created.replace("T", " ").slice(0, 19)}</Cell>
      <Cell name="State">
        {revoked === undefined ? (
          <span class="tag is-allow">active</span>
        ) : (
          <span class="tag">revoked {revoked.slice(0, 10)}</span>
        )}
      </Cell>
      <Cell name="">
        {canRevoke && revoked === undefined ? <Revoke id={id} frame={frame} /> : null}
      </Cell>
    </tr>
  );
}

const COLUMNS = ["Id", "Site", "Created (UTC)", "State"];

function Table({ frame, data }: { frame: Frame; data: KeysData }) {
  const { keys, canRevoke } = data;
  return (
    <table class="stack" role="table">
      <caption class="hidden">Keys, those that are active first</caption>
      <thead role="rowgroup">
        <tr role="row">
          {COLUMNS.map((name) => (
            <th scope="col" role="columnheader">
              {name}
            </th>
          ))}
          <th scope="col" role="columnheader">
            <span class="hidden">Revoke</span>
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup">
        {[...keys]
          .sort((a, b) => Number(a.revoked !== undefined) - Number(b.revoked !== undefined))
          .slice(0, SHOWN)
          .map((key) => (
            <Line value={key} frame={frame} canRevoke={canRevoke} />
          ))}
      </tbody>
    </table>
  );
}

function Create({ frame }: { frame: Frame }) {
  return (
    <Card title="New key">
      <form method="post" action="/keys" class="inline">
        <input type="hidden" name="form" value={frame.formToken} />
        <label>
          Site{" "}
          <input
            name="site"
            required
            pattern="[a-z0-9][a-z0-9\-]{0,62}"
            maxlength={63}
            placeholder="shop"
            autocomplete="off"
          />
        </label>
        <button class="main">Create key</button>
      </form>
      <p class="note">
        Lower-case letters, digits and hyphens. Keys of one site share its counters.
      </p>
    </Card>
  );
}

export function Keys({ frame, data }: { frame: Frame; data: KeysData }) {
  const { keys, canCreate, made, problem } = data;
  return (
    <Page title="Keys" frame={frame}>
      <div class="head">
        <h1>Keys</h1>
      </div>
      {problem === undefined ? null : (
        <div class="notice bad" role="alert">
          <p>{problem}</p>
        </div>
      )}
      {made === undefined ? null : (
        <div class="notice good" role="status">
          <p>
            <strong>The new key, shown this once:</strong>
          </p>
          <p>
            <code class="secret">{made}</code>
          </p>
        </div>
      )}
      <section class="card flush">
        <h2>Keys of sites</h2>
        {keys.length === 0 ? null : <Table frame={frame} data={data} />}
        {keys.length === 0 ? <p class="empty">There are no keys.</p> : null}
        {keys.length > SHOWN ? (
          <p class="note">
            The first {SHOWN} of {keys.length}.
          </p>
        ) : null}
      </section>
      {canCreate ? (
        <Create frame={frame} />
      ) : (
        <p class="note">Keys are made where a file of keys is served: arcjet serve --keys FILE.</p>
      )}
    </Page>
  );
}
