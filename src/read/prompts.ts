const PROMPTS =
  /(^|\/)(\.(claude|cursor|codex|windsurf|gemini|agents|kiro|roo|clinerules|continue)|\.github\/(prompts|instructions|chatmodes|agents))\//;

/** Texts for programs that write code: they say how to work, and nothing of the service. */
export const isPrompt = (path: string): boolean => PROMPTS.test(path);
