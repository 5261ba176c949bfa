/** What a message can attempt. */
export type PromptFamily =
  | "instruction-override"
  | "role-takeover"
  | "authority-claim"
  | "prompt-leak"
  | "safety-bypass"
  | "indirect-instruction"
  | "data-exfiltration"
  | "turn-markup"
  | "encoded-instruction"
  | "hidden-text";
