/** Colours, where they are wanted. */

export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly red: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
}

const style = (color: boolean, open: number, close: number) => (text: string) =>
  color ? `\u001b[${open}m${text}\u001b[${close}m` : text;

/** Colours, or none. */
export function createPaint(color: boolean): Paint {
  return {
    bold: style(color, 1, 22),
    dim: style(color, 2, 22),
    red: style(color, 31, 39),
    green: style(color, 32, 39),
    yellow: style(color, 33, 39),
  };
}
