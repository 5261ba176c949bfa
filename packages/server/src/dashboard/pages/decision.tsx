/** @jsxImportSource hono/jsx */
import type { Child } from "hono/jsx";
import type { ResultEntry, WholeDecision } from "../../log/index.ts";
import { explain, ruleText } from "../explain.ts";
import { ruleName } from "../format.ts";
import { Page, type Frame } from "../layout.tsx";
import { linkTo } from "../params.ts";
import { Card, Conclusion, Moment } from "../parts.tsx";

function Fact({ name, children }: { name: string; children?: Child }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const SOURCES: Readonly<Record<string, string>> = {
  decide: "this server",
  report: "a client, which reported it",
  app: "the application's own process",
};

const KNOWN: Readonly<Record<string, string>> = {
  isHosting: "hosting",
  isVpn: "VPN",
  isProxy: "proxy",
  isTor: "Tor",
  isRelay: "relay",
};

function factTexts(facts: Readonly<Record<string, unknown>>): readonly string[] {
  const texts = ["city", "country"].map((name) => facts[name]).filter(Boolean);
  const network =
    facts.asn === undefined ? [] : [`AS${String(facts.asn)} ${String(facts.asnName ?? "")}`];
  const marks = Object.keys(KNOWN).filter((name) => facts[name] === true);
  return [...texts.map(String), ...network, ...marks.map((name) => KNOWN[name] ?? "")];
}

function Facts({ facts }: { facts: Readonly<Record<string, unknown>> | undefined }) {
  const texts = facts === undefined ? [] : factTexts(facts);
  if (texts.length === 0) return <>nothing</>;
  return (
    <>
      {texts.map((text, at) => (
        <>
          {at === 0 ? "" : " · "}
          <bdi>{text}</bdi>
        </>
      ))}
    </>
  );
}

function RequestCard({ whole }: { whole: WholeDecision }) {
  const { row, detail } = whole;
  return (
    <Card title="Request">
      <dl class="facts">
        <Fact name="Method and path">
          <code>
            {row.method} {row.path}
          </code>
        </Fact>
        {detail === undefined ? null : (
          <>
            <Fact name="Host">
              <code>{detail.host}</code>
            </Fact>
            <Fact name="Names in the query">
              {detail.query.length === 0 ? "none" : <code>{detail.query.join(", ")}</code>}
            </Fact>
            <Fact name="User-Agent">
              <code>{detail.userAgent || "absent"}</code>
            </Fact>
          </>
        )}
        <Fact name="Client">
          <a href={linkTo("/decisions", { ip: row.ip })}>
            <code>{row.ip || "unknown"}</code>
          </a>
          {detail?.provenance ? <small> from {detail.provenance}</small> : null}
        </Fact>
        <Fact name="Known of the address">
          <Facts facts={detail?.facts} />
        </Fact>
      </dl>
    </Card>
  );
}

function DecisionCard({ whole }: { whole: WholeDecision }) {
  const { row, detail } = whole;
  return (
    <Card title="Decision">
      <dl class="facts">
        <Fact name="Time (UTC)">
          <Moment time={row.time} />
        </Fact>
        <Fact name="Site">{row.site}</Fact>
        <Fact name="Made by">{SOURCES[row.source] ?? row.source}</Fact>
        {row.micros === null ? null : <Fact name="Took">{(row.micros / 1_000).toFixed(2)} ms</Fact>}
        {row.bot === null ? null : (
          <Fact name="Bot">
            <a href={linkTo("/decisions", { bot: row.bot })}>{row.bot}</a>
          </Fact>
        )}
        {detail?.correlationId === undefined ? null : (
          <Fact name="Correlation id">
            <code>{detail.correlationId}</code>
          </Fact>
        )}
        {detail?.degraded === true ? (
          <Fact name="Degraded">
            The shared store or server did not answer; the process decided alone.
          </Fact>
        ) : null}
      </dl>
    </Card>
  );
}

function Result({ result, rule }: { result: ResultEntry; rule: string | undefined }) {
  const explained = result.reason && explain(result.reason);
  const dry = result.mode === "DRY_RUN" && result.conclusion === "DENY";
  return (
    <li class={result.conclusion === "DENY" ? "denied" : ""}>
      <h3>
        {ruleName(result.type)} <span class="tag">{result.mode}</span>{" "}
        {dry ? (
          <span class="tag is-dry">would deny</span>
        ) : (
          <Conclusion value={result.conclusion} />
        )}
        {result.state === "RUN" || result.state === "DRY_RUN" ? null : (
          <span class="tag">{result.state}</span>
        )}
      </h3>
      {rule ? <p class="rule-text">{rule}</p> : null}
      {explained === undefined ? (
        result.conclusion === "ALLOW" && result.state !== "NOT_RUN" ? (
          <p class="note">Nothing to object to.</p>
        ) : null
      ) : (
        <>
          <p>{explained.text}</p>
          {explained.evidence.length === 0 ? null : (
            <ul class="evidence">
              {explained.evidence.map((line) => (
                <li>
                  <code>{line}</code>
                </li>
              ))}
            </ul>
          )}
          {explained.exempt === undefined || result.conclusion !== "DENY" ? null : (
            <p>
              To let it pass: <code>{explained.exempt}</code>
            </p>
          )}
        </>
      )}
      {result.state === "NOT_RUN" ? (
        <p class="note">Not run: another rule had already decided.</p>
      ) : null}
    </li>
  );
}

function Whole({ whole }: { whole: WholeDecision }) {
  const { row, detail, rules } = whole;
  const why = detail && explain(detail.reason);
  return (
    <article>
      <div class={`verdict is-${row.conclusion.toLowerCase()}`}>
        <Conclusion value={row.conclusion} />
        <p>
          {row.rule === null ? "" : <strong>{ruleName(row.rule)}. </strong>}
          {why?.text ?? "What belongs to this decision is no longer there."}
          {row.dry === null ? null : (
            <> A rule in DRY_RUN would have denied it: {ruleName(row.dry)}.</>
          )}
        </p>
      </div>
      <div class="grid two">
        <RequestCard whole={whole} />
        <DecisionCard whole={whole} />
      </div>
      <Card title="What each rule said">
        {detail === undefined || detail.results.length === 0 ? (
          <p class="empty">No results were kept.</p>
        ) : (
          <ol class="results">
            {detail.results.map((result) => (
              <Result result={result} rule={ruleText(rules[result.rule])} />
            ))}
          </ol>
        )}
      </Card>
    </article>
  );
}

export function DecisionPage(given: {
  frame: Frame;
  id: string;
  decisions: readonly WholeDecision[];
}) {
  const { frame, id, decisions } = given;
  return (
    <Page title={decisions.length === 0 ? "Not found" : "Decision"} frame={frame}>
      <div class="head">
        <h1>
          Decision <code>{id}</code>
        </h1>
      </div>
      {decisions.length === 0 ? (
        <div class="notice">
          <p>
            <strong>No decision with this id.</strong> It may be older than the log keeps, or not be
            written yet: that takes about a second.
          </p>
        </div>
      ) : (
        decisions.map((whole) => <Whole whole={whole} />)
      )}
    </Page>
  );
}
