import type { MarkdownPart } from '../read/documents/markdown-parts.ts';

/** Longer texts are stories, in which a claim cannot be told from its reasons. */
const LONGEST = 400;

const PLACEHOLDER =
  /_{3,}|\[[^\]\n]*(contact|name|email|phone|tbd|todo|your|insert|date)[^\]\n]*\](?!\()|\bTBD\b|\{\{|\$\(|<your|\bXX+\b|<[a-z][\w -]*>/i;

const CONDITION =
  /\b(if|unless|once|whenever|depending|should|could|would|might|must|ought|may|consider|recommend(ed|s|ation)?|suggest(ed|s)?|ideally|optional(ly)?|e\.g|for example|for instance|such as|ensure|make sure|verify that|need(s|ed)? to|needs|requires? you|you (can|need|must|should|may)|can be|to be|when (you|using|set|configured|enabled|available|needed|the)|when [^,]{1,40} (is|are)|where (possible|appropriate|applicable)|as needed|only with|let'?s|want to)\b/i;

const FUTURE =
  /\b(will|shall|going to|planned|plan to|upcoming|soon|coming|roadmap|tbd|to do|todo|later|future|in progress|on (its|their) way|not yet|wip)\b/i;

const REPORTED =
  /^["“'«].*["”'»][.!]?$|\b(claims?|claimed|says|said|according to|supposedly|allegedly|assumes?)\b/i;

const OTHERS =
  /\b(unlike|compared (to|with)|versus|vs\.?|instead of|rather than|other (projects|tools|frameworks)|competitors?|alternative to|upstream|third[- ]party|inspired by|based on)\b/i;

/** Somebody else keeps the promise: what it does stands outside of the repository. */
const ELSEWHERE =
  /\b(cloudflare|akamai|fastly|aws|amazon|azure|gcp|google cloud|heroku|vercel|netlify|railway|render|fly\.io|digitalocean|supabase|managed by|handled by|by (the|our) (provider|platform|host|hosting)|gateway)\b/i;

/** What begins an instruction: what is to be done, not what is there. */
const IMPERATIVE =
  /^(activate|add|adjust|allow|apply|assign|avoid|choose|clone|commit|configure|connect|consider|create|define|disable|do|download|enable|encrypt|ensure|establish|follow|generate|get|give|go|harden|implement|improve|increase|insert|install|integrate|launch|make|migrate|move|never|obtain|perform|prepare|protect|provide|provision|publish|push|put|redirect|refactor|remove|rename|replace|require|restart|restore|restrict|review|rotate|run|sanitize|see|send|stop|turn|update|upgrade|use|validate|verify|visit|whitelist|write)\b/i;
/** These may be nouns as well: what follows tells. */
const MAYBE_IMPERATIVE =
  /^(back|block|build|change|check|complete|copy|deploy|document|export|fix|keep|limit|log|look|monitor|name|open|pin|scan|schedule|secure|set|sign|start|store|switch|test|track|train)\s+(up|off|on|in|out|the|a|an|all|any|every|each|your|our|for|to|at|into|only)\b/;

export const isImperative = (text: string): boolean => {
  const plain = text.replace(/^\W+/, '');
  return IMPERATIVE.test(plain) || MAYBE_IMPERATIVE.test(plain.charAt(0).toLowerCase() + plain.slice(1));
};

/** Sections whose lines are wishes, tasks, examples or steps, whatever they look like. */
const OF_WISHES =
  /\b(acceptance criteria|definition of done|user stor(y|ies)|requirements?|goals?|objectives?|non-goals?|proposals?|options?|alternatives?|templates?|examples?|how to|tutorial|usage|installation|install|quick ?start|getting started|contribut(e|ing|ion)|troubleshooting|faq|recommend(ation|ations|ed)|considerations?|best practices|guidelines?|tips|prerequisites|verification|verify|post-?deploy\w*|pre-?deploy\w*|deployment steps|deployment process|before deploying|after (a|the|deploying)|(?<!next )steps|procedures?|instructions|comparison|changelog|release notes|history|what if|scenarios?|success criteria|test plan|testing checklist|pull request|type of change)\b/i;

/** Sections of what is to come. */
const OF_PLANS =
  /\b(plans?|roadmap|next steps?|future|to-?dos?|to do|action items?|required actions|upcoming|planned|backlog|ideas|wish ?list|phase \d|week \d|month \d|milestones?|timeline|enhancements?|improvements? needed|remaining( work)?|not yet|later)\b/i;

const plainHeading = (text: string): string => text.replace(/[*_`]/g, '');

/** A checklist by this name may hold what is ticked; what stands open in it is a step. */
export const isAmongWishes = ({ under }: MarkdownPart): boolean =>
  under.some(({ text, level }) => level > 1 && OF_WISHES.test(plainHeading(text)));

export const isAmongPlans = ({ under }: MarkdownPart): boolean =>
  under.some(({ text, level }) => level > 1 && OF_PLANS.test(plainHeading(text)));

/** Why a text is no claim about the present, in words; empty when it may be one. */
export function trapIn(text: string): string {
  if (text.length > LONGEST) return 'too long to be one claim';
  if (PLACEHOLDER.test(text)) return 'a place to be filled in';
  if (text.endsWith('?')) return 'a question';
  if (REPORTED.test(text)) return 'a quotation';
  if (CONDITION.test(text)) return 'a condition or an advice';
  if (OTHERS.test(text)) return 'about something else';
  if (ELSEWHERE.test(text)) return 'about something outside of the repository';
  return FUTURE.test(text) ? 'about the future' : '';
}

/** The same for a box that is open: it is about the future by itself. */
export function trapInOpen(text: string): string {
  if (/^(never|do not|don['’]?t|avoid|always)\b/i.test(text)) return 'a rule';
  const trap = trapIn(text);
  return trap === 'about the future' ? '' : trap;
}
