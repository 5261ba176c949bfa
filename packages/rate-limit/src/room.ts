// The records that all tables of a store may hold together. When they are used up, the table with the
// most records that may go gives one up: a flood in one group of limits takes from itself.

/** A table that lives in a room. */
export interface Tenant {
  readonly size: number;
  /** Records of clients that are being denied, which go last. */
  readonly denied: number;
  /** Gives up one record, and releases its place. */
  evict(): void;
}

export class Room {
  readonly capacity: number;
  readonly #tenants = new Set<Tenant>();
  #used = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get isEmpty(): boolean {
    return this.#used === 0;
  }

  enter(tenant: Tenant): void {
    this.#tenants.add(tenant);
  }

  /** Takes a table out, with all it holds. */
  leave(tenant: Tenant): void {
    if (this.#tenants.delete(tenant)) this.#used -= tenant.size;
  }

  /** Makes sure there is place for one more record, and takes it. */
  claim(): void {
    if (this.#used >= this.capacity) this.#fullest()?.evict();
    this.#used++;
  }

  release(): void {
    this.#used--;
  }

  #fullest(): Tenant | undefined {
    let fullest: Tenant | undefined;
    let most = -1;
    for (const tenant of this.#tenants) {
      const { size, denied } = tenant;
      // A record that may go counts more than any number of those that should stay.
      const weight = size > denied ? this.capacity + size - denied : size;
      if (size > 0 && weight > most) {
        most = weight;
        fullest = tenant;
      }
    }
    return fullest;
  }
}
