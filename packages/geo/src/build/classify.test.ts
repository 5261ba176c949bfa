import { describe, expect, it } from "vitest";
import { ASN_TYPES, type AsnType } from "./asn-type.ts";
import { classify, MAX_NAME } from "./classify.ts";
import { KNOWN_NETWORKS, knownLists } from "./known-networks.ts";
import { SERVICES } from "./services.ts";

describe("classify", () => {
  it.each<[name: string, type: AsnType, service?: string]>([
    ["Hetzner Online GmbH", "hosting", "Hetzner"],
    ["Amazon.com, Inc.", "hosting", "Amazon"],
    ["AMAZON-02", "hosting", "Amazon"],
    ["OVH SAS", "hosting", "OVHcloud"],
    ["Digital Ocean, Inc.", "hosting", "DigitalOcean"],
    ["Some Hosting Ltd", "hosting"],
    ["HOSTEXAMPLE SRL", "hosting"],
    ["Serverexample LLC", "hosting"],
    ["Examplecolo Ltd", "hosting"],
    ["Example Hostess Ltd", "business"],
    ["Example Observers", "business"],
    ["Example Cloud Infra B.V.", "hosting"],
    ["Webhosting Beispiel GmbH", "hosting"],
    ["Example Data Centers B.V.", "hosting"],
    ["Example Cloud Inc.", "hosting"],
    ["Example Cloud Telecom Ltda", "isp"],
    ["Deutsche Telekom AG", "isp"],
    ["Comcast Cable Communications, LLC", "isp"],
    ["Fibra Ejemplo S.A.", "isp"],
    ["Example Net SIA", "isp"],
    ["ETH Zurich University", "education"],
    ["Universität Beispiel", "education"],
    ["Example School District", "education"],
    ["Cloud Computing Laboratory, University of Example", "education"],
    ["Rede Nacional de Ensino e Pesquisa", "education"],
    ["Garrison Example LLP", "business"],
    ["Example Department of Telecommunications", "business"],
    ["Bank of Communications", "business"],
    ["CITY OF ST. CLOUD", "business"],
    ["Ford Motor Company", "business"],
    ["Bank of Example", "business"],
    ["Example Computer Engineering", "business"],
    ["Ghost Story Ltd", "business"],
    ["", "business"],
  ])("takes %j for %s", (name, type, service) => {
    expect(classify(64500, name)).toEqual({ type, service });
  });

  it.each<[asn: number, name: string, type: AsnType, service?: string]>([
    [559, "SWITCH", "education"],
    [16591, "Google Fiber Inc.", "isp"],
    [3320, "DTAG", "isp"],
    [12322, "PROXAD", "isp"],
    [7018, "ATT-INTERNET4", "isp"],
    [3, "MIT-GATEWAYS", "education"],
    [749, "DNIC-AS-00749", "business"],
    [15169, "GOOGLE", "hosting", "Google"],
    [16509, "AMAZON-02", "hosting", "Amazon"],
  ])("knows AS%i, though its name is %j", (asn, name, type, service) => {
    expect(classify(asn, name)).toEqual({ type, service });
  });

  it("knows each large network under one kind", () => {
    const numbers = knownLists().flatMap(([, list]) => list.trim().split(/\s+/));
    expect(numbers.filter((asn, i) => !/^[1-9]\d*$/.test(asn) || numbers.indexOf(asn) < i)).toEqual(
      [],
    );
    expect(KNOWN_NETWORKS.size).toBe(numbers.length);
    expect(new Set(KNOWN_NETWORKS.values())).toEqual(new Set(ASN_TYPES));
  });

  it("takes every service for hosting, by each of its words", () => {
    for (const [, words] of SERVICES)
      for (const word of words) {
        const { type, service } = classify(64500, word);
        expect([word, type]).toEqual([word, "hosting"]);
        expect(service).toBeDefined();
      }
  });

  it("looks at so many characters of a name, and no more", () => {
    const ending = (length: number) => `${"x".repeat(length - 4)} vds`;
    expect(classify(64500, ending(MAX_NAME)).type).toBe("hosting");
    expect(classify(64500, ending(MAX_NAME + 1)).type).toBe("business");
    expect(ASN_TYPES).toContain(classify(64500, "-".repeat(1_000_000)).type);
  });
});
