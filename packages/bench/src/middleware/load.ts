/**
 * Load that keeps a server busy: a server that idles between requests is woken for each one, and what that
 * costs hides what middleware adds. Requests are pipelined (RFC 9112, 9.3.2), the answers only counted.
 */
import { once } from "node:events";
import { connect } from "node:net";

const CONNECTIONS = 10;
const PIPELINED = 16;
const HOST = "127.0.0.1";
const REQUEST = `GET / HTTP/1.1\r\nHost: ${HOST}\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n`;
const BATCH = REQUEST.repeat(PIPELINED);
const ANSWER = "HTTP/1.1 200";

/** Sends at least so many requests, and gives how many it sent; all of them are answered. */
export async function load(port: number, requests: number): Promise<number> {
  const batches = Math.ceil(requests / (CONNECTIONS * PIPELINED));
  const connections = Array.from({ length: CONNECTIONS }, () => sendBatches(port, batches));
  await Promise.all(connections);
  return batches * CONNECTIONS * PIPELINED;
}

async function sendBatches(port: number, batches: number): Promise<void> {
  const socket = connect({ port, host: HOST, noDelay: true });
  await once(socket, "connect");
  socket.setEncoding("latin1");
  for (let sent = 0; sent < batches; sent++) {
    socket.write(BATCH);
    await answered(socket);
  }
  socket.destroy();
}

/** Waits for the answers to a batch. */
async function answered(socket: NodeJS.ReadableStream): Promise<void> {
  for (let rest = "", open = PIPELINED; open > 0;) {
    const [text] = (await once(socket, "data")) as [string];
    const parts = (rest + text).split(ANSWER);
    open -= parts.length - 1;
    // What a chunk ends with may be the beginning of an answer.
    rest = parts.at(-1)!.slice(1 - ANSWER.length);
  }
}
