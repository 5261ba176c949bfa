// Next.js reads this global when its modules are loaded, and sets it only when its own server starts.
import { AsyncLocalStorage } from "node:async_hooks";

Object.assign(globalThis, { AsyncLocalStorage });
