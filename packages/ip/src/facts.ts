/**
 * What is known about an address. A field that is absent is unknown, which is not the same as false.
 *
 * @example
 * const facts: IpFacts = { country: "US", asn: "15169", isHosting: true };
 */
export interface IpFacts {
  /** ISO 3166-1 alpha-2 code, upper case. */
  readonly country?: string;
  readonly countryName?: string;
  /** Two-letter continent code: AF, AN, AS, EU, NA, OC or SA. */
  readonly continent?: string;
  readonly continentName?: string;
  /** Whether the country is a member of the European Union. */
  readonly isEuMember?: boolean;
  readonly region?: string;
  readonly city?: string;
  readonly postalCode?: string;
  /** Degrees, north positive. */
  readonly latitude?: number;
  /** Degrees, east positive. */
  readonly longitude?: number;
  /** Kilometres around the coordinates. */
  readonly accuracyRadius?: number;
  /** IANA zone name. */
  readonly timezone?: string;
  /** Autonomous system number in decimal digits, without "AS". */
  readonly asn?: string;
  readonly asnName?: string;
  readonly asnDomain?: string;
  /** isp, hosting, business or education. */
  readonly asnType?: string;
  readonly asnCountry?: string;
  /** Name of the service that owns the address, such as a cloud provider. */
  readonly service?: string;
  readonly isHosting?: boolean;
  readonly isVpn?: boolean;
  readonly isProxy?: boolean;
  readonly isTor?: boolean;
  readonly isRelay?: boolean;
  readonly isMobile?: boolean;
  readonly isAbuser?: boolean;
  readonly isCrawler?: boolean;
  readonly crawlerName?: string;
}
