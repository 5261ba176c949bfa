import { index, route } from "@react-router/dev/routes";

export default [
  index("home.tsx"),
  route("limited", "limited.ts"),
  route("admin", "admin.ts"),
  route("signup", "signup.ts"),
  // Middleware runs for paths that no other route takes, too.
  route("*", "missing.ts"),
];
