import { describe, expect, it } from "vitest";
import { ASN_TYPES, type AsnType, classify, MAX_NAME } from "./classify.ts";
import { SERVICES } from "./services.ts";

describe("classify", () => {
  it.each<[name: string, type: AsnType, service?: string]>([
    ["Hetzner Online GmbH", "hosting", "Hetzner"],
    ["Amazon.com, Inc.", "hosting", "Amazon"],
    ["AMAZON-02", "hosting", "Amazon"],
    ["OVH SAS", "hosting", "OVHcloud"],
    ["Digital Ocean, Inc.", "hosting", "DigitalOcean"],
    ["Some Hosting Ltd", "hosting"],
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
    ["Ford Motor Company", "business"],
    ["Bank of Example", "business"],
    ["Example Computer Engineering", "business"],
    ["Ghost Story Ltd", "business"],
    ["", "business"],
  ])("takes %j for %s", (name, type, service) => {
    expect(classify(64500, name)).toEqual({ type, service });
  });

  it("knows networks whose name tells nothing", () => {
    expect(classify(559, "SWITCH")).toEqual({ type: "education", service: undefined });
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
    const ending = (length: number) => `${"x".repeat(length - 8)} hosting`;
    expect(classify(64500, ending(MAX_NAME)).type).toBe("hosting");
    expect(classify(64500, ending(MAX_NAME + 1)).type).toBe("business");
    expect(ASN_TYPES).toContain(classify(64500, "-".repeat(1_000_000)).type);
  });
});
