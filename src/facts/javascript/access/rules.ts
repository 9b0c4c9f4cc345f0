import type { PasswordRule } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { expressionsIn, headOf } from '../../../read/walk.ts';
import { defineExtractor, hasNode } from '../../define.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf, type StatementSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';

const mentionsPassword = (text: string): boolean => /(passw(or)?d|\bpwd|passphrase)(?!_?hash)/i.test(text);

/** The length that `.{12,}` or `[A-Za-z0-9!]{8,64}` asks for, in a pattern. */
const LONG = /\/[^/\n]*(?:\.|\]|\\[SwW])\{(\d+),\d*\}[^/\n]*\//;

/** Who asks for more than this means a maximum: `password.length > 128`. */
const LONGEST_MINIMUM = 40;

interface Found {
  readonly at: Expression;
  readonly minimum: number;
}

interface Reader {
  readonly node: CodeView;
  readonly scope: Scope;
}

const numberIn = ({ node, scope }: Reader, value: Expression | undefined): number | undefined => {
  const term = value && node.evaluate(value, scope);
  const first = term?.kind === 'list' ? term.items[0] : term;
  const said = first?.kind === 'env' ? first.fallback : first;
  return said?.kind === 'literal' && typeof said.value === 'number' && said.value <= LONGEST_MINIMUM
    ? said.value
    : undefined;
};

const entryOf = (value: Expression | undefined, ...names: readonly string[]): Expression | undefined =>
  value?.kind === 'dictionary'
    ? value.entries.find(({ key }) => key?.kind === 'string' && names.includes(key.value))?.value
    : undefined;

/** Checks that are strong by themselves. */
const STRONG = /^(isStrongPassword|IsStrongPassword|zxcvbn|zxcvbnAsync)$/;

/** `z.string().min(8)`, `Joi.string().min(8)`, `isLength({ min: 8 })`, `MinLength(8)`, `{ minLength: 8 }`. */
function* asksIn(reader: Reader, expression: Expression): Generator<Found> {
  for (const each of expressionsIn(expression)) {
    if (each.kind === 'dictionary') {
      const minimum = numberIn(reader, entryOf(each, 'minLength', 'minlength', 'minPasswordLength'));
      if (minimum !== undefined) yield { at: each, minimum };
    }
    if (each.kind !== 'call') continue;
    const word = lastNameOf(each.callee);
    const [first] = each.args;
    const asked = /^(min|minLength|isLength|MinLength|Length|length|gte)$/.test(word)
      ? numberIn(reader, entryOf(first?.value, 'min') ?? first?.value)
      : STRONG.test(word)
        ? (numberIn(reader, entryOf(first?.value, 'minLength')) ?? 8)
        : undefined;
    if (asked !== undefined) yield { at: each, minimum: asked };
  }
}

/** `password.length < 12` */
function comparedIn(reader: Reader, each: Expression, isOfPassword: boolean): Found | undefined {
  if (each.kind !== 'binary' || !/^[<>]=?$/.test(each.operator)) return undefined;
  const [length, limit] = each.left.kind === 'attribute' ? [each.left, each.right] : [each.right, each.left];
  if (length.kind !== 'attribute' || length.name !== 'length') return undefined;
  if (!isOfPassword && !mentionsPassword(reader.node.textOf(reader.scope, length.object))) return undefined;
  const minimum = numberIn(reader, limit);
  return minimum === undefined ? undefined : { at: each, minimum };
}

const nameIn = (target: Expression): string =>
  target.kind === 'name' || target.kind === 'attribute' ? target.name : '';

function* rulesIn(node: CodeView, { statement, scope }: StatementSite): Generator<Found> {
  const reader: Reader = { node, scope };
  const { definition } = scope;
  const isOfPassword = definition?.kind === 'function' && /^\w*password\w*$/i.test(definition.name);
  for (const head of headOf(statement))
    for (const each of expressionsIn(head)) {
      const compared = comparedIn(reader, each, isOfPassword);
      if (compared) yield compared;
      if (each.kind === 'dictionary')
        for (const { key, value } of each.entries)
          if (key?.kind === 'string' && mentionsPassword(key.value)) yield* asksIn(reader, value);
      if (each.kind === 'call' && STRONG.test(lastNameOf(each.callee))) yield* asksIn(reader, each);
      // `body("password").isLength({ min: 8 })`
      if (each.kind === 'call' && startsWithPassword(each)) yield* asksIn(reader, each);
    }
  if (statement.kind !== 'assign' || !statement.targets.some(target => mentionsPassword(nameIn(target))))
    return;
  if (statement.value && statement.value.kind !== 'function') yield* asksIn(reader, statement.value);
  for (const decorator of statement.decorators) yield* asksIn(reader, decorator);
}

/** Whether a row of calls begins with one that names a password. */
function startsWithPassword(call: Expression): boolean {
  let each = call;
  while (each.kind === 'call' || each.kind === 'attribute') {
    const [first] = each.kind === 'call' ? each.args : [];
    if (first?.value.kind === 'string' && mentionsPassword(first.value.value)) return true;
    each = each.kind === 'call' ? each.callee : each.object;
  }
  return false;
}

/** What the code asks of a password that somebody chooses. */
export default defineExtractor({
  id: 'javascript/access/rules',
  reads: [],
  produces: ['passwordRule'],
  understands: hasNode,
  *extract({ node }): Generator<PasswordRule> {
    const seen = new Set<Expression>();
    for (const site of node.statements('assw', 'ASSW', 'passphrase')) {
      const { statement, scope } = site;
      const text = node.textOf(scope, statement).slice(0, 2000);
      if (!mentionsPassword(text) && !/assw/i.test(scopeName(scope))) continue;
      const reached = node.reached(site);
      for (const { at, minimum } of rulesIn(node, site)) {
        if (seen.has(at)) continue;
        seen.add(at);
        yield { kind: 'passwordRule', at: node.at(scope, at), minimum, reached };
      }
      const long = statement.kind === 'class' || statement.kind === 'function' ? null : LONG.exec(text);
      if (long?.[1])
        yield { kind: 'passwordRule', at: node.at(scope, statement), minimum: Number(long[1]), reached };
    }
    // A validator of its own: `schema.is().min(8)`.
    for (const site of node.calls('password-validator().is().min', 'password-validator().min')) {
      const minimum = numberIn({ node, scope: site.scope }, site.call.args[0]?.value);
      if (minimum !== undefined)
        yield {
          kind: 'passwordRule',
          at: node.at(site.scope, site.call),
          minimum,
          reached: node.reached(site),
        };
    }
  },
});

const scopeName = ({ definition }: Scope): string => (definition?.kind === 'function' ? definition.name : '');
