// Names and memberships that follow from a country code.

/** ISO 3166-1 alpha-2 codes by continent. */
/** Takes codes of two letters apart. */
const split = (codes: string): readonly string[] => codes.match(/../g) ?? [];

const COUNTRIES_OF = {
  AF: "AOBFBIBJBWCDCFCGCICMCVDJDZEGEHERETGAGHGMGNGQGWIOKEKMLRLSLYMAMGMLMRMUMWMZNANENGRERWSCSDSHSLSNSOSSSTSZTDTGTNTZUGYTZAZMZW",
  AN: "AQBVGSHMTF",
  AS: "AEAFAMAZBDBHBNBTCCCNCXCYGEHKIDILINIQIRJOJPKGKHKPKRKWKZLALBLKMMMNMOMVMYNPOMPHPKPSQASASGSYTHTJTLTMTRTWUZVNYE",
  EU: "ADALATAXBABEBGBYCHCZDEDKEEESFIFOFRGBGGGIGRHRHUIEIMISITJELILTLULVMCMDMEMKMTNLNOPLPTRORSRUSESISJSKSMUAVAXK",
  NA: "AGAIAWBBBLBMBQBSBZCACRCUCWDMDOGDGLGPGTHNHTJMKNKYLCMFMQMSMXNIPAPMPRSVSXTCTTUSVCVGVI",
  OC: "ASAUCKFJFMGUKIMHMPNCNFNRNUNZPFPGPNPWSBTKTOTVUMVUWFWS",
  SA: "ARBOBRCLCOECFKGFGYPEPYSRUYVE",
} as const;

const CONTINENT_NAMES: Readonly<Record<string, string>> = {
  AF: "Africa",
  AN: "Antarctica",
  AS: "Asia",
  EU: "Europe",
  NA: "North America",
  OC: "Oceania",
  SA: "South America",
};

/** Member states since 2020. */
const EU_MEMBERS: ReadonlySet<string> = new Set(
  split("ATBEBGCYCZDEDKEEESFIFRGRHRHUIEITLTLULVMTNLPLPTROSESISK"),
);

/** What follows from a country code; undefined members are unknown. */
export interface CountryNames {
  readonly name: string | undefined;
  readonly continent: string | undefined;
  readonly isEuMember: boolean;
}

/** Country codes that are kept: all that two letters can make. */
const MAX_CODES = 26 * 26;

/** Makes the function that names countries, in English. */
export function countryNamer(): (code: string) => CountryNames | undefined {
  const continents = new Map<string, string>();
  for (const [continent, codes] of Object.entries(COUNTRIES_OF))
    for (const code of split(codes)) continents.set(code, continent);
  const display = new Intl.DisplayNames(["en"], { type: "region", fallback: "none" });
  const known = new Map<string, CountryNames>();
  return (code) => {
    const before = known.get(code);
    if (before !== undefined || !/^[A-Z]{2}$/.test(code)) return before;
    const names: CountryNames = {
      name: display.of(code),
      continent: continents.get(code),
      isEuMember: EU_MEMBERS.has(code),
    };
    if (known.size < MAX_CODES) known.set(code, names);
    return names;
  };
}

/** English name of a continent by its two-letter code. */
export function continentName(code: string): string | undefined {
  return CONTINENT_NAMES[code];
}
