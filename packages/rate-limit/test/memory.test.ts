import { memoryStore } from "../src/memory-store.ts";
import { storeSuite } from "./store-suite.ts";

storeSuite("memory", () => ({
  open: (clock) => memoryStore({ clock }),
  runs: 500,
  remembersClocks: true,
}));
