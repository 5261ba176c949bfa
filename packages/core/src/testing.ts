export {
  fakeClock,
  fakeRequest,
  type FakeClock,
  type FakeRequestOptions,
} from "./testing-request.ts";
export {
  DecisionAssertionError,
  expectAllowed,
  expectDenied,
  expectErrored,
  type DenialType,
} from "./testing-expect.ts";
export { readSamples, runSamples, type Sample, type SampleResult } from "./testing-samples.ts";
