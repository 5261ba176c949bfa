/** @jsxImportSource hono/jsx */
// What each rule said, as a table; on a narrow screen each rule becomes a card.
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

/** Rules that decide. */
export function LiveRules({ rules, view }: { rules: readonly RuleEffect[]; view: View }) {
  const figure = "figure";
  return (
    <table class="stack" role="table">
      <caption class="hidden">Rules that decide</caption>
      <Columns
        names={[
          ["Rule", ""],
          ["Site", ""],
          ["Judged", figure],
          ["Denied", figure],
          ["Errors", figure],
        ]}
      />
      <tbody role="rowgroup">
        {rules.map((rule) => (
          <tr role="row">
            <Name rule={rule} href={decisionsLink(view, { rule: rule.type, site: rule.site })} />
            <Cell name="Site">{rule.site}</Cell>
            <Cell name="Judged" tone={figure}>
              {count(rule.n)}
            </Cell>
            <Cell name="Denied" tone={figure}>
              <b>{count(rule.denied)}</b> <small>{percent(rule.denied, rule.n)}</small>
            </Cell>
            <Cell name="Errors" tone={figure}>
              {count(rule.errors)}
            </Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Rules in DRY_RUN, and what they would change. */
export function DryRules({ rules, view }: { rules: readonly RuleEffect[]; view: View }) {
  const figure = "figure";
  return (
    <table class="stack" role="table">
      <caption class="hidden">Rules in dry run</caption>
      <Columns
        names={[
          ["Rule", ""],
          ["Site", ""],
          ["Judged", figure],
          ["Would deny", figure],
          ["Not denied today", figure],
          ["Errors", figure],
        ]}
      />
      <tbody role="rowgroup">
        {rules.map((rule) => (
          <tr role="row">
            <Name rule={rule} href={decisionsLink(view, { dry: rule.type, site: rule.site })} />
            <Cell name="Site">{rule.site}</Cell>
            <Cell name="Judged" tone={figure}>
              {count(rule.n)}
            </Cell>
            <Cell name="Would deny" tone={figure}>
              {count(rule.denied)}
            </Cell>
            <Cell name="Not denied today" tone={figure}>
              <b>{count(rule.fresh)}</b> <small>{percent(rule.fresh, rule.n)}</small>
            </Cell>
            <Cell name="Errors" tone={figure}>
              {count(rule.errors)}
            </Cell>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
