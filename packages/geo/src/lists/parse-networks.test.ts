import { describe, expect, it } from "vitest";
import { type NamedNetwork, parseNetworks } from "./parse-networks.ts";

describe("lists of networks", () => {
  it.each<[shape: string, text: string, found: readonly (readonly [number, NamedNetwork])[]]>([
    [
      "ipverse",
      'asn,handle,description,country-code\n3,MIT-GATEWAYS,Massachusetts Institute of Technology,US\n64500,EX,"Example, Inc. ",XX\n',
      [
        [3, { name: "Massachusetts Institute of Technology", country: "US" }],
        [64500, { name: "Example, Inc.", country: undefined }],
      ],
    ],
    [
      "ipverse without a description",
      "64500,EXAMPLE,,AT\n",
      [[64500, { name: "EXAMPLE", country: "AT" }]],
    ],
    ["numbers and names", "AS64500,Example\n", [[64500, { name: "Example", country: undefined }]]],
    [
      "tabs and comments",
      "# by hand\n64500\tEX\tExample\tDE\n",
      [[64500, { name: "Example", country: "DE" }]],
    ],
    [
      "the first of two rows, without the number 0",
      "0,RSVD,Reserved,US\n64500,One\n64500,Two\n4294967295,Last\n",
      [
        [64500, { name: "One", country: undefined }],
        [4294967295, { name: "Last", country: undefined }],
      ],
    ],
  ])("are read as %s", (_, text, found) => {
    expect([...parseNetworks(text, "as.csv")]).toEqual(found);
  });

  it.each([
    ["nothing", ""],
    ["a page of a website", "<!doctype html>\n<title>Sorry</title>\n"],
    ["numbers that are too large", "4294967296,Example\n"],
    ["numbers without names", "64500,\n"],
    ["ranges", "1.0.0.0,1.0.0.255,AU\n"],
  ])("are refused when they hold %s", (_, text) => {
    expect(() => parseNetworks(text, "as.csv")).toThrow(/^as\.csv is no list of networks/);
  });
});
