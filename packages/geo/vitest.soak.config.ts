import base from "../../vitest.config.ts";

// The long tests, by hand: `pnpm run soak`.
export default {
  ...base,
  test: {
    ...base.test,
    include: ["src/**/*.soak.ts"],
    testTimeout: 600_000,
    reporters: ["default"],
  },
};
