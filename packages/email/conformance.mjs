// Puts the parser into the shape of the conformance script.
import { parseMailbox } from "./dist/index.js";

const RFC_5321 = { requireTopLevelDomain: false, allowDomainLiteral: true };

export const rfc5321 = (address) => parseMailbox(address, RFC_5321).valid;
export const app = (address) => parseMailbox(address).valid;
