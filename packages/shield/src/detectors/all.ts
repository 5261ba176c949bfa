import type { Detector, RequestDetector } from "./detector.ts";
import { framework } from "./framework.ts";
import { headerInjection } from "./header-injection.ts";
import { java } from "./java.ts";
import { jndi } from "./jndi.ts";
import { ldap } from "./ldap.ts";
import { mailInjection } from "./mail-injection.ts";
import { node } from "./node.ts";
import { nosql } from "./nosql.ts";
import { pathTraversal } from "./path-traversal.ts";
import { php } from "./php.ts";
import { probe } from "./probe.ts";
import { prototypePollution } from "./prototype-pollution.ts";
import { remoteFile } from "./remote-file.ts";
import { scanner } from "./scanner.ts";
import { script } from "./script.ts";
import { foreignSession, sessionFixation } from "./session-fixation.ts";
import { shell } from "./shell.ts";
import { framing, smuggling } from "./smuggling.ts";
import { sqlInjection } from "./sql-injection.ts";
import { ssrf } from "./ssrf.ts";
import { template } from "./template.ts";
import { upload } from "./upload.ts";
import { xss } from "./xss.ts";
import { xxe } from "./xxe.ts";

/** Every detector, in the order of `detectorNames`: the place is the bit in the prefilter. */
export const detectors: readonly Detector[] = [
  sqlInjection,
  xss,
  pathTraversal,
  remoteFile,
  shell,
  php,
  java,
  node,
  script,
  jndi,
  template,
  nosql,
  ldap,
  xxe,
  ssrf,
  prototypePollution,
  headerInjection,
  sessionFixation,
  mailInjection,
  upload,
  smuggling,
  scanner,
  probe,
  framework,
];

/** Detectors that look at the request as a whole. */
export const requestDetectors: readonly RequestDetector[] = [framing, foreignSession];
