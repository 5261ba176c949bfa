import type { WellKnownBot } from "./gen/names.ts";

/** A crawler whose claim can be checked by its address. */
export interface Crawler {
  /** Joins it with its address blocks. */
  readonly name: string;
  /** What it calls itself. */
  readonly ids: readonly WellKnownBot[];
  /** Domains of its host names, with a leading dot; empty when it has no names of its own. */
  readonly hosts: readonly string[];
}

// Domains are those the operators document for checking their crawlers by forward-confirmed reverse DNS.
export const crawlers: readonly Crawler[] = [
  {
    name: "Googlebot",
    ids: [
      "GOOGLE_CRAWLER",
      "GOOGLE_CRAWLER_IMAGE",
      "GOOGLE_CRAWLER_MOBILE",
      "GOOGLE_CRAWLER_NEWS",
      "GOOGLE_CRAWLER_OTHER",
      "GOOGLE_CRAWLER_SAFETY",
      "GOOGLE_CRAWLER_STORE",
      "GOOGLE_CRAWLER_VIDEO",
      "GOOGLE_CRAWLER_CLOUDVERTEX",
      "GOOGLE_INSPECTION_TOOL",
      "GOOGLE_ADSBOT",
      "GOOGLE_ADSBOT_MOBILE",
      "GOOGLE_ADSENSE",
      "GOOGLE_ADSENSE_GOOGLEBOT",
      "GOOGLE_PUSH_NOTIFICATIONS",
    ],
    hosts: [".googlebot.com", ".google.com"],
  },
  {
    name: "GoogleFetcher",
    ids: ["GOOGLE_FEEDFETCHER", "GOOGLE_READ_ALOUD", "GOOGLE_SITE_VERIFICATION"],
    hosts: [".google.com", ".googlebot.com", ".gae.googleusercontent.com"],
  },
  {
    name: "Bingbot",
    ids: ["BING_CRAWLER", "BING_ADS", "BING_PREVIEW", "MSN_CRAWLER"],
    hosts: [".search.msn.com"],
  },
  { name: "Applebot", ids: ["APPLE_CRAWLER"], hosts: [".applebot.apple.com"] },
  {
    name: "Yandex",
    ids: ["YANDEX_CRAWLER", "YANDEX_CRAWLER_JAVASCRIPT"],
    hosts: [".yandex.ru", ".yandex.net", ".yandex.com"],
  },
  { name: "Baiduspider", ids: ["BAIDU_CRAWLER"], hosts: [".baidu.com", ".baidu.jp"] },
  { name: "Slurp", ids: ["YAHOO_CRAWLER"], hosts: [".crawl.yahoo.net"] },
  { name: "SeznamBot", ids: ["SEZNAM_CRAWLER"], hosts: [".seznam.cz"] },
  {
    name: "PetalBot",
    ids: ["PETALSEARCH_CRAWLER"],
    hosts: [".petalsearch.com", ".aspiegel.com"],
  },
  { name: "Mail.RU_Bot", ids: ["MAILRU_CRAWLER"], hosts: [".mail.ru"] },
  { name: "Amazonbot", ids: ["AMAZON_CRAWLER"], hosts: [".crawl.amazonbot.amazon"] },
  {
    name: "CCBot",
    ids: ["CCBOT_CRAWLER", "COMMONCRAWL_CRAWLER"],
    hosts: [".crawl.commoncrawl.org"],
  },
  { name: "LinkedInBot", ids: ["LINKEDIN_CRAWLER"], hosts: [".linkedin.com"] },
  {
    name: "AhrefsBot",
    ids: ["AHREFS_CRAWLER", "AHREFS_SITE_AUDIT"],
    hosts: [".ahrefs.com", ".ahrefs.net"],
  },
  { name: "SemrushBot", ids: ["SEMRUSH_CRAWLER"], hosts: [".semrush.com"] },
  {
    name: "Meta",
    ids: [
      "FACEBOOK_CRAWLER",
      "FACEBOOK_SHARE_CRAWLER",
      "META_CRAWLER",
      "META_CRAWLER_USER",
      "META_EXTERNALADS",
      "META_WEBINDEXER",
    ],
    hosts: [],
  },
  { name: "GPTBot", ids: ["OPENAI_CRAWLER"], hosts: [] },
  { name: "OAI-SearchBot", ids: ["OPENAI_CRAWLER_SEARCH"], hosts: [] },
  { name: "ChatGPT-User", ids: ["OPENAI_CRAWLER_USER"], hosts: [] },
  { name: "PerplexityBot", ids: ["PERPLEXITY_CRAWLER"], hosts: [] },
  { name: "Perplexity-User", ids: ["PERPLEXITY_USER"], hosts: [] },
  { name: "DuckDuckBot", ids: ["DUCKDUCKGO_CRAWLER", "DUCKDUCKGO_CRAWLER_FAVICONS"], hosts: [] },
  { name: "DuckAssistBot", ids: ["DUCKASSIST_BOT"], hosts: [] },
];

/**
 * A phone that shows a preview in iMessage names the crawlers of others, from the address of its owner:
 * beside this identifier no address proves that one of them is spoofed.
 */
export const BORROWS_NAMES: WellKnownBot = "IMESSAGE_PREVIEW";
