/**
 * Remembers what the rules of one client family said of a request, so that a rule runs once however
 * many middlewares see the request. A rule runs again when a property it reads has changed since, or
 * when the caller asks for units itself with `requested`.
 */
import type { RuleResult } from "./decision.ts";
import type { Plan, PlannedRule } from "./plan.ts";

type Props = Readonly<Record<string, unknown>>;

/** One evaluation of a request, and the ones before it. */
export interface Memo {
  /** The request that was evaluated. */
  readonly identity: object;
  readonly plan: Plan;
  /** In declared order; filled while the evaluation goes on. */
  readonly results: readonly (RuleResult | undefined)[];
  readonly props: Props;
  readonly previous: Memo | undefined;
  /** Set while the evaluation waits for something: the next one waits for it. */
  pending: Promise<unknown> | undefined;
}

/** Where the memo of a request is kept. */
export interface MemoSlot {
  readonly get: (request: object) => Memo | undefined;
  readonly set: (request: object, memo: Memo) => void;
}

/**
 * Keeps memos with the requests, in a private field that nobody else can see. A `WeakMap` says the same and
 * costs the garbage collector several times what a decision costs. The field is on the headers of a request,
 * since some frameworks change the prototype of the request itself, and a field that is added after that
 * costs more than the decision. Headers that several requests share say whose memo they hold.
 */
export function createMemoSlot(): MemoSlot {
  const Same = function (holder: object) {
    return holder;
  } as unknown as new (holder: object) => object;
  class Slot extends Same {
    #memo: Memo | undefined;
    static read(request: object): Memo | undefined {
      const holder = holderOf(request);
      const memo = #memo in holder ? holder.#memo : undefined;
      return memo?.identity === request ? memo : undefined;
    }
    static write(request: object, memo: Memo): void {
      const holder = holderOf(request);
      if (#memo in holder) holder.#memo = memo;
      // What is frozen may take no field: such a request is judged anew each time.
      else if (Object.isExtensible(holder)) (new Slot(holder) as Slot).#memo = memo;
    }
  }
  return { get: Slot.read, set: Slot.write };
}

function holderOf(request: { readonly headers?: unknown }): object {
  const { headers } = request;
  return typeof headers === "object" && headers !== null ? headers : request;
}

const CHARGES_AGAIN = "requested";

/** The remembered result of a rule, when it still holds for these properties. */
export function recall(
  memo: Memo | undefined,
  { rule, reads }: Pick<PlannedRule, "rule" | "reads">,
  props: Props,
): RuleResult | undefined {
  for (let past = memo; past !== undefined; past = past.previous) {
    const result = past.results[past.plan.indexOf.get(rule) ?? -1];
    if (result === undefined || result.state === "NOT_RUN") continue;
    for (const name of reads) {
      if (name === CHARGES_AGAIN ? props[name] !== undefined : props[name] !== past.props[name])
        return undefined;
    }
    return result;
  }
  return undefined;
}
