import { reactRouter } from "@react-router/dev/vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [reactRouter()],
  // Linked packages are bundled unless named here; the app and server.ts share this one's contexts.
  ssr: { external: ["@arcjet/react-router"] },
});
