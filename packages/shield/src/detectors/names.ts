/** Every detector, in the order of its bit in the prefilter. */
export const detectorNames = [
  "sql-injection",
  "xss",
  "path-traversal",
  "remote-file",
  "shell",
  "php",
  "java",
  "node",
  "script",
  "jndi",
  "template",
  "nosql",
  "ldap",
  "xxe",
  "ssrf",
  "prototype-pollution",
  "header-injection",
  "session-fixation",
  "mail-injection",
  "upload",
  "smuggling",
  "scanner",
  "probe",
  "framework",
] as const;

/** Name of a detector, as findings, exclusions and options spell it. */
export type DetectorName = (typeof detectorNames)[number];
