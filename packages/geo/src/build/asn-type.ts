/** What an autonomous system is for. */
export type AsnType = "isp" | "hosting" | "business" | "education";

/** Every type, in the order packs number them. */
export const ASN_TYPES: readonly AsnType[] = ["isp", "hosting", "business", "education"];
