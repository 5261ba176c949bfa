// What makes SQL of a string of token types (see sql-tokens.ts): what can follow a closed quote or bracket,
// and what is SQL wherever it stands.
import type { Hit } from "./detector.ts";
import type { SqlTokens } from "./sql-tokens.ts";

type Grammar = readonly (readonly [pattern: RegExp, score: number])[];

/** What may follow a closed quote or bracket. */
export const afterBreakout: Grammar = [
  // or 1=1, and 'a'='a, || true
  [/^\){0,8};?[&p]!?\({0,8}[1snNvxqT]\){0,8}=/, 5],
  [/^\){0,8}[&p]!?\({0,8}[nx]i!?N/, 5],
  [/^[&p]so?q$/, 5],
  [/^\){0,8}[&p]!?\({0,8}[1snxT]l(?:[sq1(]|[fgm]\()/, 5],
  [/^\){0,8}[&p]!?\({0,8}[1snx]i\({0,8}[1sqS]/, 5],
  [/^\){0,8}[&p]!?\({0,8}(?:1[c)&;pG]|N(?:$|[c)&;qp]))/, 5],
  [/^\){0,8}[&p]!?\({0,8}[gm]\((?:[^;]{0,40}\)[=l]|[gfm]\()/, 5],
  [/^\){0,8}&\{n[1sn]/, 5],
  // ="1" and, ` = `1`; between the quotes around a name or a value
  [/^=s[&;D]/, 5],
  // +f(...)+'
  [/^(?:[op][gm]\([^;]{0,60}|[gm]\([^;]{0,40}v)\)[op]?q$/, 5],
  [/^\){0,8}[&p]!?\({0,8}(?:[1s]::|f\(\)|m\([^;]{0,60}\)c)/, 5],
  [/^;[nD];c/, 5],
  // -0-', *1*'
  [/^o[1v]oq$/, 5],
  // where 1=1, as x where 1=1, in boolean mode) and
  [/^\){0,8}(?:nn)?W[1s]=[1s]/, 5],
  [/^inn\)[&;#c]/, 5],
  // a call that says it all, a subselect, a condition
  [/^\){0,8}[&po=,;l]?!?\({0,8}f\((?:[1sxfgmvqo(]|$)/, 5],
  [/^\){0,8}[&p]!?\({0,8}g\(S/, 5],
  [/^\){0,8}[&po]!?[^;&]{0,40}[,(]f\([1sx]/, 5],
  [/^\){0,8}[&po=,il]?!?\({1,8}S/, 5],
  [/^\){0,8}(?:[&po=,]!?S[Ao1sfgxvN(]|S[Ao1fgxvN(][^sq]{0,200}$)/, 5],
  // the rest of a path of XPath
  [/^\]o{2,4}[nTxm]/, 5],
  [/^\){0,8}&no[gm]\(/, 5],
  [/^\){0,8}[&po=,]!?\({0,8}C/, 5],
  [/^\){0,8}UA?\({0,8}S(?:[A1(osfgxvNCqc]|[nm][,F]|$)/, 5],
  // another statement
  [/^\){0,8};\({0,8}S[^n]/, 5],
  [/^\){0,8};(?:D{1,3}(?:[TIFxvmfRs(]|$|c)|g\(1=)/, 5],
  [/^\){0,8}(?:Dv|,\(D)/, 5],
  [/^\){0,8}DR\??[sqv]/, 5],
  // the rest of the statement
  [/^\){0,8}GB\({0,8}(?:1|[nx][cH]|f)/, 5],
  [/^\){0,8}H\({0,8}[1snfgmx][=l(]/, 5],
  [/^\){0,8}p\({0,8}[fgmx]\(/, 5],
];

/** What may follow where the quote cannot be a measure. */
export const loose: Grammar = [[/^\){0,8}[&p]!?1$/, 5]];

/** What is SQL wherever it stands. */
export const anywhere: Grammar = [
  [/UA?\({0,8}S(?:A?[1(osfgxvNCq]|[nm][,F])/, 5],
  [/UA\({0,8}S/, 5],
  [/US[.]/, 5],
  [/UV[gm(]|^[1o]{1,3}UTn(?:$|[c;])/, 5],
  [/^[1o]{1,3}Iv/, 5],
  // or 1=1 with literals on both sides and an end that prose does not have
  [/&!?\({0,8}(?:1=1|s=[sq]|1[li]\({0,8}[1s])(?:$|[c)&;qspIGL])/, 5],
  [/^1(?:p1=1|&\(1\)=\(?1)/, 5],
  [/^1W1=1(?:$|[c&;pl])/, 5],
  [/^[1)o]{1,8}&!?(?:1l|\(S|C)|^[n1)o]{1,8}lf\(/, 5],
  // a comment closed that was never opened
  [/^1?oo&!?\({0,8}[1s][=l]/, 5],
  [/&!?\({0,8}[1ns]i?=?\({1,8}S/, 5],
  [/&!?\({0,8}1i1&1/, 5],
  [/&!?\({0,8}f\([1sxfgmvqo(]/, 5],
  [/&!?\({0,8}[fgm]\([1snx,]{1,40}\)(?:c|=1)/, 5],
  [/&!?\({0,8}[fg]\([1snxgvT,()]{1,60}\)[=l][1sg(fx]/, 5],
  [/&!?\(?[1s]?=?g\((?:S|[^;)]{0,24}(?:v|f\())/, 5],
  [/^o?1&ni!?N/, 5],
  [/g\(1\)pg\(1\)/, 5],
  [/^\(S(?:1|g\()/, 5],
  [/&\{[nmg](?:[1sfg(]|n\()/, 5],
  // calls where only SQL has them
  [/[(=,S&;poC]f\([1sxfgmvo(]/, 5],
  [/^[;)o(]*f\([1sxfgmvqo(][^n]*$/, 5],
  [/g\(1\)[po]?g\(1\)[po]?g\(1\)/, 5],
  [/[fgm]\(\(?1=1/, 5],
  [/g\(1,[fg]\(/, 5],
  [/Sf\(/, 5],
  // subselects and conditions
  [/\(S(?:[(ofgxv]|A?[1s][,FU=])/, 5],
  [/\(S(?=[^SFn]{0,4}[(,o.sx])[^SF]{1,40}F\({0,8}[nxsq]/, 5],
  [/\(S[^SF]{1,40}F\({0,8}[xsq]/, 5],
  [/S\({1,8}C|\(SC[1w]/, 5],
  [/\(Cw\(/, 5],
  [/Cw\({0,8}[1s][=l][1s]\){0,8}w|S[1s]p\(/, 5],
  [/[FI]\({0,8}x/, 5],
  // the rest of a statement
  [/H\({0,8}1=1/, 5],
  [/^[1)o]{1,8}GB1/, 5],
  [/GB(?:1[c]|f\(|[gm]\(1=)/, 5],
  // another statement, or a whole one
  [/;DTn(?:$|[c;(])/, 5],
  [/;(?:D[xv]|D[mf]\(|DR[sq]|DIn\(?[nV(]|S[o1fgx(]|f\([1sxfgmvo(])/, 5],
  [/DR\??[sqv]/, 5],
  [/D[x]/, 5],
  [/DT[q]/, 5],
  [/S[^;]{1,60}F\({0,8}s[^;]{0,40}(?:W|GB|H)/, 5],
  [/S[^;]{1,60}F\({0,8}[nxsm][^;]{0,60}(?:W[^;]{0,30}[=l]|H[^;]{0,30}=)/, 3],
  [/DI[nxs](?:\([^)]{0,80}\))?(?:V\(|S)/, 4],
  [/DF[nxs]W[nxs][=l]/, 3],
  [/D[nx]D[nx]=[^;]{0,60}W/, 3],
  // a bracket closed that was never opened
  [/^\){1,8}(?:&[^n]|=|U|l|;|GB|H)/, 5],
  // the head of a call, or a comparison that does not end, and nothing else
  [/^[fg]\((?:1=)?$/, 5],
  [/^s(?:,s=[sq]|=q)$/, 5],
];

/** The first pattern of a grammar that the tokens match. */
export function judge({ types, starts }: SqlTokens, grammar: Grammar): Hit | undefined {
  for (const [pattern, score] of grammar) {
    const match = pattern.exec(types);
    if (!match) continue;
    const end = starts[match.index + match[0].length] ?? starts.at(-1) ?? 0;
    return { score, start: starts[match.index] ?? 0, end };
  }
  return undefined;
}
