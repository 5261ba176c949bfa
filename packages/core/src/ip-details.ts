// What an app asks about the client address: `decision.ip`. One object over the facts as they are; values
// are read through the prototype, so making one for every request copies nothing.
import type { IpFacts } from "@arcjet/ip";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");
const NOTHING: IpFacts = {};

/** The same details, with these known. */
type Known<Field extends keyof IpDetails> = IpDetails & {
  readonly [Key in Field]-?: Exclude<IpDetails[Key], undefined>;
};

/**
 * What is known about the client address. A value that is unknown is undefined; a question about something
 * unknown is answered with false. The `hasX()` questions narrow the type of the value.
 *
 * @example
 * if (decision.ip.hasCountry() && decision.ip.country === "CH") console.log(decision.ip.countryName);
 */
export class IpDetails {
  readonly #facts: IpFacts;

  constructor(facts: IpFacts) {
    this.#facts = facts;
  }

  /** Degrees, north positive. */
  get latitude(): number | undefined {
    return this.#facts.latitude;
  }
  /** Degrees, east positive. */
  get longitude(): number | undefined {
    return this.#facts.longitude;
  }
  /** Kilometres around the coordinates. */
  get accuracyRadius(): number | undefined {
    return this.#facts.accuracyRadius;
  }
  /** IANA zone name. */
  get timezone(): string | undefined {
    return this.#facts.timezone;
  }
  get postalCode(): string | undefined {
    return this.#facts.postalCode;
  }
  get city(): string | undefined {
    return this.#facts.city;
  }
  get region(): string | undefined {
    return this.#facts.region;
  }
  /** ISO 3166-1 alpha-2 code. */
  get country(): string | undefined {
    return this.#facts.country;
  }
  /** English name of the country; its code where no name is known. */
  get countryName(): string | undefined {
    return this.#facts.countryName ?? this.#facts.country;
  }
  /** Two-letter continent code. */
  get continent(): string | undefined {
    return this.#facts.continent;
  }
  /** English name of the continent; its code where no name is known. */
  get continentName(): string | undefined {
    return this.#facts.continentName ?? this.#facts.continent;
  }
  /** Autonomous system number in decimal digits. */
  get asn(): string | undefined {
    return this.#facts.asn;
  }
  get asnName(): string | undefined {
    return this.#facts.asnName;
  }
  get asnDomain(): string | undefined {
    return this.#facts.asnDomain;
  }
  /** `isp`, `hosting`, `business` or `education`. */
  get asnType(): string | undefined {
    return this.#facts.asnType;
  }
  /** ISO 3166-1 alpha-2 code of the country of the autonomous system. */
  get asnCountry(): string | undefined {
    return this.#facts.asnCountry;
  }
  /** Name of the service that owns the address, such as a cloud provider. */
  get service(): string | undefined {
    return this.#facts.service;
  }
  /** Name of the crawler that the operator's own address list puts at this address. */
  get crawlerName(): string | undefined {
    return this.#facts.crawlerName;
  }

  hasLatitude(): this is Known<"latitude"> {
    return this.latitude !== undefined;
  }
  hasLongitude(): this is Known<"longitude"> {
    return this.longitude !== undefined;
  }
  hasAccuracyRadius(): this is Known<"accuracyRadius"> {
    return this.accuracyRadius !== undefined;
  }
  hasTimezone(): this is Known<"timezone"> {
    return this.timezone !== undefined;
  }
  hasPostalCode(): this is Known<"postalCode"> {
    return this.postalCode !== undefined;
  }
  hasCity(): this is Known<"city"> {
    return this.city !== undefined;
  }
  hasRegion(): this is Known<"region"> {
    return this.region !== undefined;
  }
  hasCountry(): this is Known<"country" | "countryName"> {
    return this.country !== undefined;
  }
  hasContinent(): this is Known<"continent" | "continentName"> {
    return this.continent !== undefined;
  }
  hasAsn(): this is Known<"asn"> {
    return this.asn !== undefined;
  }
  /** The documented older spelling of {@link hasAsn}. */
  hasASN(): this is Known<"asn"> {
    return this.asn !== undefined;
  }
  hasService(): this is Known<"service"> {
    return this.service !== undefined;
  }

  /** Whether the country is a member of the European Union. */
  isEuMember(): boolean {
    return this.#facts.isEuMember === true;
  }
  isHosting(): boolean {
    return this.#facts.isHosting === true;
  }
  isVpn(): boolean {
    return this.#facts.isVpn === true;
  }
  isProxy(): boolean {
    return this.#facts.isProxy === true;
  }
  isTor(): boolean {
    return this.#facts.isTor === true;
  }
  isRelay(): boolean {
    return this.#facts.isRelay === true;
  }
  isMobile(): boolean {
    return this.#facts.isMobile === true;
  }
  isAbuser(): boolean {
    return this.#facts.isAbuser === true;
  }
  isCrawler(): boolean {
    return this.#facts.isCrawler === true;
  }

  /** The facts as plain data; what is unknown is left out. */
  toJSON(): IpFacts {
    return { ...this.#facts };
  }

  [INSPECT](): unknown {
    return this.toJSON();
  }
}

/** Wraps what is known about an address; undefined when nothing is. */
export function createIpDetails(facts: IpFacts | undefined): IpDetails {
  return new IpDetails(facts ?? NOTHING);
}
