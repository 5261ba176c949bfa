// Tools that say who they are: attack tools, and scanners that only look.
import { firstHit, type Detector } from "./detector.ts";

const names =
  "sqlmap|nikto|acunetix|netsparker|invicti|nessus|openvas|w3af|havij|arachni|wapiti|nuclei|wpscan|joomscan|dirbuster|dirb|gobuster|feroxbuster|ffuf|wfuzz|dirsearch|commix|xsser|jaeles|vega|skipfish|brutus|hydra|metis|sqlninja|absinthe|whatweb|fimap|zmeu|morfeus|jorgee|burpsuite|burp suite|burpcollaborator|zaproxy|owasp zap|masscan|zgrab|nmap|paros|webinspect|appscan|qualysguard|detectify|grabber|struts-pwn|l9explore|l9tcpid|censysinspect|fuzz faster|interactsh|pangolin|bsqlbf|webshag|cgichk";
const tools = new RegExp(`\\b(?:${names})\\b`);

export const scanner: Detector = {
  name: "scanner",
  keywords: names.split("|"),
  inAnyHeader: true,
  detect({ lower, place, name }) {
    if (place !== "header") return undefined;
    if (name === "user-agent") return firstHit(lower, [[tools, 5]]);
    return name.startsWith("x-scan") || name === "acunetix-product"
      ? firstHit(lower, [[tools, 5]])
      : undefined;
  },
};
