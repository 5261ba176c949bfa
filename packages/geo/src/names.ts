// Names and memberships that follow from a country code.

/** ISO 3166-1 alpha-2 codes by continent. */
const COUNTRIES_OF = {
  AF: "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TG TN TZ UG YT ZA ZM ZW",
  AN: "AQ BV GS HM TF",
  AS: "AE AF AM AZ BD BH BN BT CC CN CX CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE",
  EU: "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA XK",
  NA: "AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF MQ MS MX NI PA PM PR SV SX TC TT US VC VG VI",
  OC: "AS AU CK FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU WF WS",
  SA: "AR BO BR CL CO EC FK GF GY PE PY SR UY VE",
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
  "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split(" "),
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
    for (const code of codes.split(" ")) continents.set(code, continent);
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
