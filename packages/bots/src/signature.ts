/** What a signature is checked against. */
export interface SignedRequest {
  readonly method: string;
  /** Absolute, as the client asked for it. */
  readonly url: string;
  /** Value of a header by its name in lower case. */
  readonly header: (name: string) => string | undefined;
}

/** What a signature proved. */
export interface SignatureVerdict {
  readonly verification: "verified" | "spoofed" | "unverifiable";
  /** Identifiers that the signer answers for; empty unless verified or spoofed. */
  readonly bots: readonly string[];
}

/** Checks the signature of a request. */
export interface SignatureVerifier {
  /** Whether the request says that it is signed by a bot. */
  applies(request: SignedRequest): boolean;
  /**
   * Checks it; never rejects. `key` is the object that stands for the request: the same one asked again
   * is not a replay. With `wait` false a key directory that is not in memory is fetched behind the scenes.
   */
  verify(request: SignedRequest, key: object, wait: boolean): Promise<SignatureVerdict>;
}
