// An HTTP/2 client that does nothing but ask: requests are bytes made beforehand, answers are counted by the
// heads of their frames. A general client costs more than the server that is measured.
import { connect } from "node:net";

const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
const [DATA, HEADERS, SETTINGS, PING, GOAWAY, WINDOW_UPDATE] = [0, 1, 4, 6, 7, 8];
const [END_STREAM, ACK, END_HEADERS] = [1, 1, 4];
const FRAME_HEAD = 9;
/** `:status: 200` in the static table of HPACK. */
const STATUS_OK = 0x88;
/** What the other side may send before it is given more. */
const WINDOW = 2 ** 30;

function frame(type, flags, stream, payload) {
  const head = Buffer.alloc(FRAME_HEAD);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

const uint32 = (value) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

/** A text shorter than 127 bytes, as HPACK writes it. */
const text = (value) => Buffer.concat([Buffer.from([value.length]), Buffer.from(value)]);

/** Header fields as literals that are not indexed. */
export const headerBlock = (fields) =>
  Buffer.concat(
    Object.entries(fields).map(([name, value]) =>
      Buffer.concat([Buffer.from([0]), text(name), text(value)]),
    ),
  );

/** A request that may be sent again and again: only its stream differs. */
export function requestOf(block, body) {
  return Buffer.concat([frame(HEADERS, END_HEADERS, 0, block), frame(DATA, END_STREAM, 0, body)]);
}

/** Connects; `ask(request, answered)` calls back with whether the status was 200. */
export async function connectHttp2(url) {
  const { port, hostname } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.setNoDelay(true);
  await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  socket.write(
    Buffer.concat([
      PREFACE,
      frame(SETTINGS, 0, 0, Buffer.alloc(0)),
      frame(WINDOW_UPDATE, 0, 0, uint32(WINDOW)),
    ]),
  );
  const open = new Map();
  let next = 1;
  let received = 0;
  let rest = Buffer.alloc(0);
  const take = (type, flags, stream, payload) => {
    if (type === SETTINGS && flags !== ACK) socket.write(frame(SETTINGS, ACK, 0, Buffer.alloc(0)));
    if (type === PING && flags !== ACK) socket.write(frame(PING, ACK, 0, payload));
    if (type === GOAWAY) throw new Error(`GOAWAY ${payload.readUInt32BE(4)}`);
    const answer = open.get(stream);
    if (answer === undefined) return;
    if (type === HEADERS) answer.ok = payload[0] === STATUS_OK;
    if (type === DATA) received += payload.length;
    const isEnd = (type === DATA || type === HEADERS) && (flags & END_STREAM) !== 0;
    if (!isEnd && type !== 3) return;
    open.delete(stream);
    answer.answered(isEnd && answer.ok);
  };
  socket.on("data", (chunk) => {
    let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (bytes.length >= FRAME_HEAD) {
      const end = FRAME_HEAD + bytes.readUIntBE(0, 3);
      if (bytes.length < end) break;
      take(bytes[3], bytes[4], bytes.readUInt32BE(5), bytes.subarray(FRAME_HEAD, end));
      bytes = bytes.subarray(end);
    }
    rest = bytes;
    if (received < WINDOW / 2) return;
    socket.write(frame(WINDOW_UPDATE, 0, 0, uint32(received)));
    received = 0;
  });
  let waiting = [];
  return {
    ask: (request, answered) => {
      const bytes = Buffer.from(request);
      bytes.writeUInt32BE(next, 5);
      bytes.writeUInt32BE(next, FRAME_HEAD + bytes.readUIntBE(0, 3) + 5);
      open.set(next, { ok: false, answered });
      next += 2;
      if (waiting.push(bytes) === 1)
        queueMicrotask(() => {
          socket.write(Buffer.concat(waiting));
          waiting = [];
        });
    },
    close: () => socket.destroy(),
  };
}
