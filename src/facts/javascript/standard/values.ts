import type { Location, Term } from '../../../model/index.ts';
import { literal } from '../../../model/index.ts';
import type { Arguments } from '../../code/arguments.ts';
import type { Knowledge } from '../../code/evaluate.ts';
import { mapTerm } from '../../code/operators.ts';

/** The value goes through, its form changes: `Number(process.env.PORT)`. */
const converted =
  (change: (value: string | number | boolean | null) => string | number | boolean | null) =>
  (args: Arguments): Term | undefined => {
    const value = args.arg(0, '');
    return value && mapTerm(value, (inner, at) => literal(change(inner), at));
  };

const numberOf = (value: string | number | boolean | null): number | null => {
  const number = Number(value);
  return Number.isNaN(number) ? null : number;
};

const parsed = (value: string | number | boolean | null): number | null => {
  const number = Number.parseFloat(String(value));
  return Number.isNaN(number) ? null : number;
};

const first = (args: Arguments): Term | undefined => args.arg(0, '');

/** `Object.assign({}, defaults, own)`: later entries count. */
function assigned(args: Arguments): Term | undefined {
  const parts = args.call.args.map((_, index) => args.arg(index, ''));
  const entries = new Map<string, Term>();
  let isOpen = args.isOpen;
  for (const part of parts) {
    if (part?.kind !== 'object') {
      isOpen = true;
      continue;
    }
    isOpen ||= part.open;
    for (const [key, value] of part.entries) entries.set(key, value);
  }
  return { kind: 'object', entries: [...entries], open: isOpen, at: args.at };
}

/** `path.join("a", "b")`; an absolute or unknown start leaves the rest as text. */
function joinedPath(args: Arguments): Term | undefined {
  const parts = args.call.args.map((_, index) => args.arg(index, ''));
  const joined: Term[] = [];
  for (const part of parts) {
    if (!part) return undefined;
    if (joined.length > 0) joined.push(literal('/', args.at));
    joined.push(part);
  }
  const texts = joined.map(part => (part.kind === 'literal' ? String(part.value) : undefined));
  return texts.includes(undefined)
    ? { kind: 'text', parts: joined, at: args.at }
    : literal(texts.join('').replace(/\/{2,}|\/\.(?=\/)/g, '/'), args.at);
}

function parsedJson(args: Arguments): Term | undefined {
  const text = args.arg(0, '');
  if (text?.kind === 'literal') return jsonTerm(String(text.value), args.at);
  return text?.kind === 'env' || text?.kind === 'input' ? text : undefined;
}

function jsonTerm(text: string, at: Location): Term | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ||
      typeof value === 'number' ||
      typeof value === 'boolean' ||
      value === null
      ? literal(value, at)
      : undefined;
  } catch {
    return undefined;
  }
}

export const standardCalls: Knowledge['calls'] = {
  Number: converted(numberOf),
  parseInt: converted(value => (parsed(value) === null ? null : Math.trunc(parsed(value) ?? 0))),
  parseFloat: converted(parsed),
  'Number.parseInt': converted(value => (parsed(value) === null ? null : Math.trunc(parsed(value) ?? 0))),
  'Number.parseFloat': converted(parsed),
  String: converted(value => String(value)),
  Boolean: converted(Boolean),
  'JSON.parse': parsedJson,
  'Object.freeze': first,
  'Object.seal': first,
  structuredClone: first,
  'Object.assign': assigned,
  'path.join': joinedPath,
  'path.resolve': joinedPath,
  'Buffer.from': first,
  URL: first,
  'Promise.resolve': first,
};
