/** @jsxImportSource hono/jsx */
import type { SiteKey } from "../../keys.ts";
import { Page, type Frame } from "../layout.tsx";
import { Card } from "../parts.tsx";

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

function Line({ value, frame, canRevoke }: { value: SiteKey; frame: Frame; canRevoke: boolean }) {
  const { id, site, created, revoked } = value;
  return (
    <tr>
      <th scope="row">
        <code>{id}</code>
      </th>
      <td>{site}</td>
      <td>{created.replace("T", " ").slice(0, 19)}</td>
      <td>
        {revoked === undefined ? (
          <span class="tag is-allow">active</span>
        ) : (
          <span class="tag">revoked {revoked.slice(0, 10)}</span>
        )}
      </td>
      <td>
        {canRevoke && revoked === undefined ? (
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
        ) : null}
      </td>
    </tr>
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
  const { keys, canCreate, canRevoke, made, problem } = data;
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
        <div class="scroll" tabindex={0} role="group" aria-label="Keys">
          <table>
            <thead>
              <tr>
                <th scope="col">Id</th>
                <th scope="col">Site</th>
                <th scope="col">Created (UTC)</th>
                <th scope="col">State</th>
                <th scope="col">
                  <span class="hidden">Revoke</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {keys.slice(0, SHOWN).map((key) => (
                <Line value={key} frame={frame} canRevoke={canRevoke} />
              ))}
            </tbody>
          </table>
        </div>
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
