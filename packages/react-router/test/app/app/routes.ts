import { prefix, route } from "@react-router/dev/routes";

export default [
  route("hello", "hello.ts"),
  route("admin", "admin.ts"),
  route("echo", "echo.ts"),
  ...prefix("api", [route("x", "api.ts")]),
  route("page", "page.tsx"),
  // Middleware runs for paths that no other route takes, too.
  route("*", "missing.ts"),
];
