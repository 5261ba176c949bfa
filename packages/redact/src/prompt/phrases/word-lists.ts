// Words that the phrases of several families share, in the form of a pattern's step.

export const MACHINES =
  "ai|llm|llms|gpt|chatgpt|assistant|assistants|bot|bots|chatbot|chatbots|copilot|claude|gemini";

export const LIMITS =
  "guidelines|rules|restrictions|filters|filter|limits|limitations|ethics|policy|policies|constraints|" +
  "boundaries|censorship|guardrails|safeguards|moderation|morals|inhibitions";

/** Those that are hardly said of anything but a model. */
export const MODEL_LIMITS =
  "guidelines|restrictions|filters|ethics|policy|policies|censorship|guardrails|safeguards|moderation|morals";

export const UNBOUND_ONLY =
  "unrestricted|unfiltered|uncensored|jailbroken|dan|amoral|limitless|unbound|unaligned|unmoderated|unshackled";

export const BREAKING =
  "skip|ignore|bypass|disable|override|break|violate|disregard|reveal|suspend|forget|drop";

export const TELL =
  "print|show|output|display|reveal|dump|repeat|reproduce|return|give|list|paste|copy|quote|share|tell|expose|leak|" +
  "recite|echo|write";

export const VOID =
  "void|cancelled|canceled|revoked|obsolete|invalid|null|superseded|lifted|deleted|suspended|irrelevant|meaningless";

/** What a model reads for somebody else. */
export const DOCUMENT =
  "page|site|website|document|text|email|e-mail|mail|message|essay|paper|cv|resume|résumé|application|review|ticket|" +
  "comment|file|article|post|profile|listing|content|pdf|submission|code";

export const VAULT =
  "conversation|chat|history|transcript|memory|secrets|prompt|messages|key|keys|password|passwords|token|tokens|" +
  "credentials|contacts|inbox|addresses";

/** The same in French, Spanish, Portuguese and Italian. */
export const ROMANCE_LIMITS =
  "règle|règles|limite|limites|filtre|filtres|restriction|restrictions|censure|reglas|restricciones|límites|filtros|" +
  "censura|regras|restrições|regole|limiti|restrizioni|filtri";
