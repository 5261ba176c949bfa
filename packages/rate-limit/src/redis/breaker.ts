// Stops asking a store that does not answer: open after the first failure, so that only the requests
// already waiting pay for it. From then on one probe at a time, further and further apart, finds out
// whether it is back; no request waits for a probe.

/** Milliseconds before the first probe, and the longest between two. */
const FIRST_PROBE_MS = 100;
const MAX_PROBE_MS = 1000;

export class Breaker {
  #open = false;
  #probing = false;
  #wait = FIRST_PROBE_MS;
  #next = 0;

  get open(): boolean {
    return this.#open;
  }

  /** The store did not answer at the time `now`. True when that opens the breaker. */
  fail(now: number): boolean {
    if (this.#open && !this.#probing) return false;
    const opens = !this.#open;
    this.#wait = opens ? FIRST_PROBE_MS : Math.min(this.#wait * 2, MAX_PROBE_MS);
    this.#open = true;
    this.#probing = false;
    this.#next = now + this.#wait;
    return opens;
  }

  /** The probe was answered. */
  close(): void {
    this.#open = false;
    this.#probing = false;
  }

  /** There is reason to think that the store is back: the next probe need not wait. */
  hurry(): void {
    this.#next = 0;
  }

  /** Whether it is time for a probe; then the caller makes one. */
  startProbe(now: number): boolean {
    if (!this.#open || this.#probing || now < this.#next) return false;
    this.#probing = true;
    return true;
  }
}
