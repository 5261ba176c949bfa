/** @jsxImportSource hono/jsx */
// What each rule said, as a table; on a narrow screen each rule becomes a card.
import type { Child } from "hono/jsx";
import type { RuleEffect } from "../log/index.ts";
import { ruleText } from "./explain.ts";
import { count, percent, ruleName } from "./format.ts";
import { decisionsLink, type View } from "./params.ts";
import { Cell, Columns } from "./parts.tsx";

function Name({ rule, href }: { rule: RuleEffect; href: string }) {
  return (
    <th scope="row" role="rowheader">
      <a href={href}>{ruleName(rule.type)}</a>
      <span class="rule-text">
        {" "}
        <bdi>{ruleText(rule.spec)}</bdi>
      </span>
    </th>
  );
}

/** A column of figures: its name, and what it shows of a rule. */
type Figure = readonly [name: string, show: (rule: RuleEffect) => Child];

const JUDGED: Figure = ["Judged", ({ n }) => count(n)];
const ERRORS: Figure = ["Errors", ({ errors }) => count(errors)];

/** Of the requests that a rule judged, those that matter most. */
const share = (part: number, { n }: RuleEffect) => (
  <>
    <b>{count(part)}</b> <small>{percent(part, n)}</small>
  </>
);

function RuleTable(given: {
  caption: string;
  rules: readonly RuleEffect[];
  linkOf: (rule: RuleEffect) => string;
  figures: readonly Figure[];
}) {
  const { caption, rules, linkOf, figures } = given;
  const tone = "figure";
  return (
    <table class="stack" role="table">
      <caption class="hidden">{caption}</caption>
      <Columns
        names={[["Rule", ""], ["Site", ""], ...figures.map(([name]) => [name, tone] as const)]}
      />
      <tbody role="rowgroup">
        {rules.map((rule) => (
          <tr role="row">
            <Name rule={rule} href={linkOf(rule)} />
            <Cell name="Site">{rule.site}</Cell>
            {figures.map(([name, show]) => (
              <Cell name={name} tone={tone}>
                {show(rule)}
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Rules that decide. */
export function LiveRules({ rules, view }: { rules: readonly RuleEffect[]; view: View }) {
  return (
    <RuleTable
      caption="Rules that decide"
      rules={rules}
      linkOf={({ type, site }) => decisionsLink(view, { rule: type, site })}
      figures={[JUDGED, ["Denied", (rule) => share(rule.denied, rule)], ERRORS]}
    />
  );
}

/** Rules in DRY_RUN, and what they would change. */
export function DryRules({ rules, view }: { rules: readonly RuleEffect[]; view: View }) {
  return (
    <RuleTable
      caption="Rules in dry run"
      rules={rules}
      linkOf={({ type, site }) => decisionsLink(view, { dry: type, site })}
      figures={[
        JUDGED,
        ["Would deny", ({ denied }) => count(denied)],
        ["Not denied today", (rule) => share(rule.fresh, rule)],
        ERRORS,
      ]}
    />
  );
}
