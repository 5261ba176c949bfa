// A question ↔ the messages of the service.
import { create } from "@bufbuild/protobuf";
import type { DecisionData } from "../decision.ts";
import {
  DecideRequestSchema,
  LocalAnswerSchema,
  ReportRequestSchema,
  SDKStack,
  type DecideRequest,
  type LocalAnswer,
  type ReportRequest,
} from "../gen/decide/v1alpha1/decide_pb.js";
import type { RemoteQuestion } from "../remote.ts";
import { decisionToWire, resultToWire } from "./decision.ts";
import { detailsToWire, metadataToWire } from "./details.ts";
import { ruleToWire } from "./spec.ts";

/** The dialect of clients that know the additions of the schema. */
export const DIALECT = 1;

function localToWire({ local }: RemoteQuestion): LocalAnswer[] {
  return local.flatMap((answer, index) =>
    answer === undefined
      ? []
      : create(LocalAnswerSchema, {
          index,
          result: resultToWire(answer.result),
          findings: [...(answer.findings ?? [])],
        }),
  );
}

function shared(question: RemoteQuestion, version: string) {
  return {
    sdkStack: SDKStack.SDK_STACK_NODEJS,
    sdkVersion: version,
    details: detailsToWire(question),
    rules: question.specs.map(ruleToWire),
    characteristics: [...question.characteristics],
    metadataJson: metadataToWire(question.props.metadata),
    dialect: DIALECT,
    local: localToWire(question),
  };
}

/** The message that asks for a decision. */
export function questionToDecide(question: RemoteQuestion, version: string): DecideRequest {
  return create(DecideRequestSchema, shared(question, version));
}

/** The message that tells of a decision. */
export function questionToReport(
  question: RemoteQuestion,
  decision: DecisionData,
  version: string,
): ReportRequest {
  return create(ReportRequestSchema, {
    ...shared(question, version),
    decision: decisionToWire(decision),
  });
}
