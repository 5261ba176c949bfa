// PostgreSQL for tests, as WebAssembly in this process, spoken to over a socket as any other. It has one
// session, which connections take in turn, for a transaction each.
import { createServer, type AddressInfo, type Socket } from "node:net";
import { PGlite } from "@electric-sql/pglite";

/** A running PostgreSQL. */
export interface Postgres {
  readonly url: string;
  /** Ends all connections and takes no more until it is started again; what it keeps stays. */
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Runs SQL beside all connections. */
  run(sql: string): Promise<void>;
  end(): Promise<void>;
}

const SSL_REQUEST = 80_877_103;
const TERMINATE = "X".charCodeAt(0);
const READY = "Z".charCodeAt(0);
const IDLE = "I".charCodeAt(0);

/** Whether an answer ends outside a transaction: ReadyForQuery with the status "idle". */
const isIdle = (answer: Uint8Array): boolean =>
  answer.length >= 6 && answer.at(-6) === READY && answer.at(-1) === IDLE;

/** Gives each message of a connection; those before the session have no type in front of their length. */
function createReader(take: (message: Buffer, isRequest: boolean) => void) {
  let rest: Buffer = Buffer.alloc(0);
  let begun = false;
  return (chunk: Buffer): void => {
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      const head = begun ? 1 : 0;
      if (rest.length < head + 4) return;
      const length = head + rest.readUInt32BE(head);
      if (rest.length < length) return;
      const message = rest.subarray(0, length);
      rest = rest.subarray(length);
      const isRequest = !begun && message.readUInt32BE(4) === SSL_REQUEST;
      begun ||= !isRequest;
      take(message, isRequest);
    }
  };
}

/** Lets one at a time have the session. */
function createTurns() {
  let last: Promise<void> = Promise.resolve();
  let owner: Socket | undefined;
  let release = (): void => undefined;
  return {
    take: async (socket: Socket): Promise<void> => {
      if (owner === socket) return;
      const before = last;
      const { promise, resolve } = Promise.withResolvers<void>();
      last = promise;
      await before;
      owner = socket;
      release = resolve;
    },
    isHeldBy: (socket: Socket): boolean => owner === socket,
    end: (): void => {
      owner = undefined;
      release();
    },
  };
}

export async function startPostgres(): Promise<Postgres> {
  const pglite = await PGlite.create();
  const turns = createTurns();
  const sockets = new Set<Socket>();
  const handle = async (socket: Socket, message: Buffer): Promise<void> => {
    if (message[0] === TERMINATE) return void socket.end();
    await turns.take(socket);
    const answer = await pglite.execProtocolRaw(message);
    socket.write(answer);
    if (isIdle(answer)) turns.end();
  };
  const server = createServer((socket) => {
    let last: Promise<void> = Promise.resolve();
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on(
      "data",
      createReader((message, isRequest) => {
        if (isRequest) socket.write("N");
        else last = last.then(() => handle(socket, message)).catch(() => void socket.destroy());
      }),
    );
    socket.on("close", () => {
      sockets.delete(socket);
      void last.then(async () => {
        if (!turns.isHeldBy(socket)) return;
        await pglite.exec("rollback");
        turns.end();
      });
    });
  });
  const start = (port: number): Promise<void> =>
    new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));
  await start(0);
  // A server that listens on an address has one.
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start: () => start(port),
    stop,
    run: async (sql) => void (await pglite.exec(sql)),
    end: async () => {
      if (server.listening) await stop();
      await pglite.close();
    },
  };
}
