// Words that programs put into their user agent and browsers do not. The automaton finds the literal,
// the expression then looks at what surrounds it: CUBOT is a phone, `libhttp` belongs to a console.

/** A literal in lower case, and what confirms it; without an expression the literal alone is enough. */
export type Word = readonly [literal: string, confirm?: RegExp];

/** Words that speak for a program wherever they stand. */
const plain: readonly Word[] = [
  // What they call themselves.
  ["bot", /(?<!cu)bots?(?![a-z])|Bot(?=[A-Z])/i],
  ["robot"],
  ["crawl"],
  ["spider"],
  ["scrap", /scrap(?:er?|y|ing)(?![a-z])/i],
  ["slurp"],
  ["nutch"],
  ["heritrix"],
  // What drives a browser or speaks HTTP for a program.
  ["headless"],
  ["phantomjs"],
  ["htmlunit"],
  ["jsdom"],
  ["selenium"],
  ["webdriver"],
  ["puppeteer"],
  ["playwright"],
  ["lighthouse"],
  ["pagespeed"],
  ["synthetic"],
  ["libcurl"],
  ["urllib"],
  ["winhttp"],
  ["webdav"],
  ["python"],
  ["perl", /\bperl\b/i],
  ["ruby", /\bruby\b/i],
  ["php", /(?:^|[\s(])php[/ ]?\d/i],
  ["http", /(?<!lib)http[-_]?(?:client|lib|request|agent)|[a-z][-_]http(?![a-z])/i],
  ["rest-client"],
  ["grpc-"],
  ["weblight"],
  ["google", /google[-_][a-z]/i],
  ["wordpress"],
  ["drupal"],
  ["nagios"],
  ["zabbix"],
  // Whom to write to, or where to read more.
  ["://", /(?<![a-z]: )https?:\/\//i],
  ["mailto:"],
  ["@", /[\w.+-]@[a-z0-9-]+\.[a-z]/i],
  ["(at)"],
];

/** A host name of its own, which is not the reversed one of an application. */
const HOST_NAME =
  /(?<![\w./-])(?!com\.|org\.)(?:[a-z0-9-]{1,63}\.){1,3}(?:com|org|ai|io)(?![\w.-])/i;

/** What programs do. People do the same in applications that are called after it. */
const chores: readonly Word[] = [
  ["harvest"],
  ["search engine"],
  ["fetch"],
  ["grabber"],
  ["downloader"],
  ["extractor"],
  ["collector"],
  ["collectd"],
  ["aggregator"],
  ["archiv", /archiver|internet ?archive/i],
  ["indexer"],
  ["checker"],
  ["check", /link ?check|check ?link/i],
  ["verif", /verif(?:y|ier|ication)(?![a-z])/i],
  ["validator"],
  ["analyzer"],
  ["inspector"],
  ["tester", /tester(?![a-z])/i],
  ["scan", /scan(?:s|ner|ning)?(?![a-z])/i],
  ["nmap"],
  ["pentest"],
  ["vulnerab"],
  ["exploit"],
  ["survey"],
  ["research"],
  ["parser"],
  ["resolver"],
  ["monitor"],
  ["observatory"],
  ["optimizer"],
  ["uptime"],
  ["health", /health[ -]?(?:check|service|probe)/i],
  ["screenshot"],
  ["browsershot"],
  ["thumbnail"],
  ["preview", /(?:link|uri|url|page)[ -]?preview|preview(?:er|bot|service|\/)/i],
  ["proxy", /(?:mail|image|link)[ -]?proxy/i],
  ["probe", /probe\//i],
  ["audit", /audit(?:or)?(?:[/ ;)]|$)/i],
  ["agent", /[a-z]-agent(?![a-z])|[a-z]agent[/ ]v?\d/i],
  ["sender", /(?:^|\s)sender\b/i],
  ["feed", /(?:^|[^a-z])feed|feed(?:s|er|reader)?(?![a-z])/i],
  ["rss", /(?<![A-Za-z])RSS|RSS(?![a-z])/],
  ["newsreader"],
  [".com", HOST_NAME],
  [".org", HOST_NAME],
  [".ai", HOST_NAME],
  [".io", HOST_NAME],
];

export const words: readonly Word[] = [...plain, ...chores];

/** Whether the word says what a program does, which an application for people may be called after. */
export function isChore(ordinal: number): boolean {
  return ordinal >= plain.length;
}
