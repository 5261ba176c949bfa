/** Address blocks a crawler is known to come from. */
export interface CrawlerRanges {
  /** Name of the crawler, as in `crawlerRanges` and the sources of `botsUpdate`. */
  readonly name: string;
  readonly ranges: readonly string[];
  /** Whether these are all its blocks, so that an address elsewhere is not the crawler; false by default. */
  readonly complete?: boolean;
}

/** Day on which the blocks below were last compared with what the operators publish. */
export const crawlerRangesDate: string = "2026-08-22";

// Facts the operators publish: googlebot.json (the blocks Google owns, its cloud addresses are left to
// reverse DNS), bingbot.json, applebot.json, gptbot.json and searchbot.json, perplexitybot.json, and the
// announcements of AS32934 for Meta. Deliberately few: single cloud addresses, which change hands, are
// not embedded but loaded by `botsUpdate`.
/** Blocks of the large crawlers; partial, so that an address elsewhere is not thereby spoofed. */
export const crawlerRanges: readonly CrawlerRanges[] = [
  { name: "Googlebot", ranges: ["66.249.64.0/19", "192.178.5.0/27", "2001:4860:4801::/48"] },
  {
    name: "Bingbot",
    ranges: [
      "13.66.139.0/24",
      "13.66.144.0/24",
      "13.67.10.16/28",
      "13.69.66.240/28",
      "13.71.172.224/28",
      "20.36.108.32/28",
      "20.43.120.16/28",
      "20.74.197.0/28",
      "20.79.107.240/28",
      "20.125.163.80/28",
      "40.77.139.0/25",
      "40.77.167.0/24",
      "40.77.188.0/22",
      "40.77.202.0/24",
      "40.79.131.208/28",
      "40.79.186.176/28",
      "51.105.67.0/28",
      "52.167.144.0/24",
      "52.231.148.0/28",
      "65.55.210.0/24",
      "139.217.52.0/28",
      "157.55.39.0/24",
      "191.233.204.224/28",
      "199.30.24.0/23",
      "207.46.13.0/24",
    ],
  },
  {
    name: "Applebot",
    ranges: [
      "17.22.237.0/24",
      "17.22.245.0/24",
      "17.22.253.0/24",
      "17.241.75.0/24",
      "17.241.193.160/27",
      "17.241.200.160/27",
      "17.241.208.160/27",
      "17.241.219.0/24",
      "17.241.227.0/24",
      "17.246.15.0/24",
      "17.246.19.0/24",
      "17.246.23.0/24",
    ],
  },
  {
    name: "GPTBot",
    ranges: ["4.227.36.0/25", "20.125.66.80/28", "20.171.206.0/23", "52.230.152.0/24"],
  },
  {
    name: "PerplexityBot",
    ranges: ["18.97.1.228/30", "18.97.9.96/29", "18.97.21.0/30", "18.97.43.80/29"],
  },
  {
    name: "Meta",
    ranges: [
      "31.13.24.0/21",
      "31.13.64.0/18",
      "57.141.0.0/20",
      "66.220.144.0/20",
      "69.63.176.0/20",
      "69.171.224.0/19",
      "129.134.0.0/16",
      "157.240.0.0/16",
      "173.252.64.0/18",
      "2a03:2880::/32",
    ],
  },
];
