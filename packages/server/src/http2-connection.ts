// One HTTP/2 connection, and how it ends. A GOAWAY frame tells a client to ask elsewhere, but one that comes while
// nothing is open makes a widely used client end its process, if its next question comes before the socket has
// closed. So it is sent only while a question is unanswered; it names the highest stream there is, and what is on its
// way meanwhile is answered too. A connection that stays silent is closed without a word.
import { constants, type ServerHttp2Session, type ServerHttp2Stream } from "node:http2";
import type { Socket } from "node:net";

/**
 * A GOAWAY frame with the highest number a stream can have and no error. It is written past the session: after a
 * GOAWAY of its own, that one reads nothing more once no stream is open, and so would lose what is on its way.
 */
const NOTICE = Buffer.from("0000080700000000007fffffff00000000", "hex");

export class Http2Connection {
  readonly #session: ServerHttp2Session;
  readonly #socket: Socket;
  readonly #streams = new Set<ServerHttp2Stream>();
  /** Milliseconds of silence after which a connection that ends is closed; undefined until it ends. */
  #lingerMs: number | undefined;
  #isSentAway = false;
  #closing: NodeJS.Timeout | undefined;

  constructor(session: ServerHttp2Session, socket: Socket) {
    this.#session = session;
    this.#socket = socket;
    session.once("close", () => clearTimeout(this.#closing));
    // The port is HTTP/1.1's, where a client may end its side and wait: nobody else closes the connection.
    socket.once("end", () => this.#finish());
  }

  /** Keeps a stream until it closes. */
  add(stream: ServerHttp2Stream): void {
    this.#streams.add(stream);
    stream.once("close", () => {
      this.#streams.delete(stream);
      this.#closeWhenSilent();
    });
    if (this.#lingerMs !== undefined) this.#sendAway();
  }

  /** Sends the client elsewhere, and closes when there has been no stream for so many milliseconds. */
  drain(lingerMs: number): void {
    this.#lingerMs = lingerMs;
    this.#sendAway();
    this.#closeWhenSilent();
  }

  /** Closes when there is no stream any more: the client sends nothing more. */
  #finish(): void {
    this.#isSentAway = true;
    this.#lingerMs = 0;
    this.#closeWhenSilent();
  }

  /** Resets all streams that are left. */
  reset(): void {
    for (const stream of this.#streams) stream.close(constants.NGHTTP2_CANCEL);
  }

  #sendAway(): void {
    const isWaiting = [...this.#streams].some(({ headersSent }) => !headersSent);
    if (this.#isSentAway || !isWaiting || this.#session.destroyed) return;
    this.#isSentAway = true;
    this.#socket.write(NOTICE);
  }

  #closeWhenSilent(): void {
    clearTimeout(this.#closing);
    if (this.#lingerMs === undefined || this.#streams.size > 0) return;
    this.#closing = setTimeout(() => {
      if (this.#streams.size === 0) this.#socket.destroy();
    }, this.#lingerMs);
  }
}
