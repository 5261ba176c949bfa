import tzLookup from "@photostructure/tz-lookup";

/**
 * IANA time zone of coordinates, near borders only roughly; undefined outside the globe.
 *
 * @example
 * createGeo(mmdb("./dbip-city-lite.mmdb"), { timezone: timezoneOf });
 */
export function timezoneOf(latitude: number, longitude: number): string | undefined {
  const onGlobe = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  return onGlobe ? tzLookup(latitude, longitude) : undefined;
}
