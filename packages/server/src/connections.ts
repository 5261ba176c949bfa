// The connections of a server. There is room for so many; who has shown a key keeps its place, and when there is none
// left the oldest connection that has not makes room. So silent connections, however many, keep nobody out.
import type { Socket } from "node:net";

export interface Connections {
  /** Takes a new connection in, if need be in the place of another; destroys it when there is no place. */
  admit(socket: Socket): void;
  /** The client at the other end of this socket, or of TLS over it, has shown a key. */
  trust(socket: Socket): void;
  /** Destroys all of them. */
  destroy(): void;
  count(): number;
}

/** Names a connection; a socket and TLS over it have the same peer. */
const nameOf = ({ remoteAddress, remotePort }: Socket): string => `${remoteAddress} ${remotePort}`;

/** Room for `max` connections. */
export function createConnections(max: number): Connections {
  const all = new Set<Socket>();
  /** The oldest first. */
  const strangers = new Map<string, Socket>();

  const makeRoom = (): boolean => {
    for (const [name, oldest] of strangers) {
      strangers.delete(name);
      all.delete(oldest);
      oldest.destroy();
      return true;
    }
    return false;
  };
  return {
    admit: (socket) => {
      if (all.size >= max && !makeRoom()) return void socket.destroy();
      const name = nameOf(socket);
      all.add(socket);
      strangers.set(name, socket);
      socket.once("close", () => {
        all.delete(socket);
        if (strangers.get(name) === socket) strangers.delete(name);
      });
    },
    trust: (socket) => void strangers.delete(nameOf(socket)),
    destroy: () => {
      for (const socket of all) socket.destroy();
    },
    count: () => all.size,
  };
}
