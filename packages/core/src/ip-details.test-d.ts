import { expectTypeOf, test } from "vitest";
import { createIpDetails } from "./ip-details.ts";

test("a question that was answered with yes makes the value known", () => {
  const details = createIpDetails(undefined);
  expectTypeOf(details.country).toEqualTypeOf<string | undefined>();
  if (details.hasCountry()) {
    expectTypeOf(details.country).toEqualTypeOf<string>();
    expectTypeOf(details.countryName).toEqualTypeOf<string>();
    expectTypeOf(details.city).toEqualTypeOf<string | undefined>();
  }
  if (details.hasLatitude() && details.hasLongitude()) {
    expectTypeOf(details.latitude).toEqualTypeOf<number>();
    expectTypeOf(details.longitude).toEqualTypeOf<number>();
  }
  if (details.hasAsn()) expectTypeOf(details.asn).toEqualTypeOf<string>();
});
