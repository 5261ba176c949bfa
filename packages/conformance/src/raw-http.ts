/** HTTP over a bare socket, so that a test sends exactly the bytes it says. */
import { connect } from "node:net";

export interface RawResponse {
  readonly status: number;
  /** Lower-case names; repeated fields joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a raw request may set; everything else is sent as an ordinary client would. */
export interface RawRequest {
  readonly method?: string;
  readonly target?: string;
  /** Lines after Host, as they are sent. */
  readonly headers?: readonly string[];
  readonly body?: string;
}

const BROWSER =
  "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

/** Sends one request and reads the answer to its end. */
export function send(port: number, request: RawRequest = {}): Promise<RawResponse> {
  const { method = "GET", target = "/hello", headers = [], body = "" } = request;
  const agent = headers.some((line) => /^user-agent:/i.test(line)) ? [] : [BROWSER];
  const length = body === "" ? [] : [`Content-Length: ${Buffer.byteLength(body)}`];
  const lines = [
    `${method} ${target} HTTP/1.1`,
    `Host: localhost:${port}`,
    "Accept: */*",
    ...agent,
    ...headers,
    ...length,
  ];
  const head = Buffer.from(`${lines.join("\r\n")}\r\nConnection: close\r\n\r\n`, "latin1");
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, "127.0.0.1", () =>
      socket.write(Buffer.concat([head, Buffer.from(body)])),
    );
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("close", () => resolve(parse(Buffer.concat(chunks).toString("latin1"))));
  });
}

/** Sends a request and hangs up before the answer. */
export function abort(port: number, target: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(`GET ${target} HTTP/1.1\r\nHost: localhost\r\n\r\n`, () => socket.destroy());
    });
    socket.on("error", reject);
    socket.on("close", () => resolve());
  });
}

/** Reads an answer whose every character stands for one byte. */
function parse(text: string): RawResponse {
  const end = text.indexOf("\r\n\r\n");
  const [first = "", ...lines] = text.slice(0, end).split("\r\n");
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  const raw = text.slice(end + 4);
  const bytes = headers["transfer-encoding"] === "chunked" ? unchunk(raw) : raw;
  const body = Buffer.from(bytes, "latin1").toString("utf8");
  return { status: Number(first.split(" ")[1]), headers, body };
}

function unchunk(text: string): string {
  let body = "";
  let rest = text;
  for (;;) {
    const line = rest.indexOf("\r\n");
    const size = Number.parseInt(rest.slice(0, line), 16);
    if (line === -1 || !(size > 0)) return body;
    body += rest.slice(line + 2, line + 2 + size);
    rest = rest.slice(line + 4 + size);
  }
}
