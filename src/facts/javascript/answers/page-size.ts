import { outcomes, type Term } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import { expressionsIn, headOf, statementsIn } from '../../../read/walk.ts';
import { functionAround } from '../../code/at-start.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import type { Written } from '../../code/written.ts';
import type { Handler } from '../handler.ts';
import type { Frame } from './frame.ts';

/** Whether a number of rows has an end that the caller of the service cannot move. */
export type Cap = 'capped' | 'open' | 'unclear';

const DEEPEST = 8;
/** Nobody asks for pages with fewer rows than this: such a number is a floor. */
const SMALLEST_CAP = 2;

const INPUT =
  /\b(req|request|ctx|c|event)\.(query|params|body|nextUrl)\b|\bsearchParams\b|\b(req|request)\.(valid|validated)\b|\bctx\.request\b/;
/** Whether it is read off what the caller sent; what takes an object apart has no text of its own. */
const isInput = (expression: Expression): boolean =>
  expressionsIn(expression).some(each => INPUT.test(dotted(each)));

function dotted(expression: Expression): string {
  switch (expression.kind) {
    case 'name':
      return expression.name;
    case 'attribute':
      return `${dotted(expression.object)}.${expression.name}`;
    case 'subscript':
    case 'await':
      return dotted(expression.kind === 'await' ? expression.value : expression.object);
    default:
      return '';
  }
}

const NUMBERS =
  /^(Number|parseInt|parseFloat|Math\.(max|floor|ceil|abs|round|trunc)|Number\.(parseInt|parseFloat))$/;

interface Asked {
  readonly node: CodeView;
  readonly handler: Handler;
}

/** Follows a page size: a number, `Math.min(size, 100)`, a comparison, or a rule for the request hold it down. */
export function capOf(asked: Asked, { expression, scope }: Written, frame: Frame, left = DEEPEST): Cap {
  const { node } = asked;
  if (left === 0) return 'unclear';
  const inner = (each: Expression): Cap => capOf(asked, { expression: each, scope }, frame, left - 1);
  switch (expression.kind) {
    case 'constant':
      return 'capped';
    case 'await':
    case 'spread':
      return inner(expression.value);
    case 'unary':
      return inner(expression.operand);
    case 'logical':
      // What stands behind `||` is for those who say nothing.
      return inner(expression.operator === 'and' ? expression.right : expression.left);
    case 'conditional':
      return isCompared(node, expression.test, expression.then, frame)
        ? 'capped'
        : worst([inner(expression.then), inner(expression.otherwise)]);
    case 'binary':
      return worst([inner(expression.left), inner(expression.right)]);
    case 'call':
      return ofCall(asked, { expression, scope }, frame, left);
    case 'name':
      return ofName(asked, { expression, scope }, frame, left);
    default:
      return ofMember(asked, { expression, scope }, frame, left);
  }
}

const worst = (caps: readonly Cap[]): Cap =>
  caps.includes('open') ? 'open' : caps.includes('unclear') ? 'unclear' : 'capped';

function ofCall(asked: Asked, { expression, scope }: Written, frame: Frame, left: number): Cap {
  if (expression.kind !== 'call') return 'unclear';
  const { node } = asked;
  const { callee, args } = expression;
  const caps = args.map(({ value }) => capOf(asked, { expression: value, scope }, frame, left - 1));
  if (/^(min|clamp\w*)$/i.test(lastNameOf(callee))) return caps.includes('capped') ? 'capped' : worst(caps);
  if (NUMBERS.test(node.nameOf(callee, scope)))
    return caps.length > 1 && lastNameOf(callee) === 'max' ? worst(caps) : (caps[0] ?? 'unclear');
  return isInput(expression) && node.resolve(callee, scope)?.kind !== 'function'
    ? ofInput(asked, { expression, scope }, '')
    : 'unclear';
}

function ofMember(asked: Asked, written: Written, frame: Frame, left: number): Cap {
  const { node } = asked;
  const { expression, scope } = written;
  const term = node.evaluate(expression, scope);
  if (isNumber(term)) return 'capped';
  const name = expression.kind === 'attribute' ? expression.name : '';
  if (isInput(expression)) return ofInput(asked, written, name);
  if (expression.kind !== 'attribute' || expression.object.kind !== 'name') return 'unclear';
  // `query.limit` of `const query = req.query` or of `schema.parse(req.query)`.
  const found = node.code.resolver.bindings(expression.object.name, scope, expression.start);
  const [binding] = found?.bindings ?? [];
  if (!found || binding?.kind === undefined) return 'unclear';
  if (binding.kind === 'value')
    return ofSource(asked, { expression: binding.value, scope: found.scope }, name, left);
  const given = binding.kind === 'parameter' ? frame.given.get(binding.parameter) : undefined;
  return given
    ? ofSource(asked, { expression: given.expression, scope: given.frame.scope }, name, left)
    : 'unclear';
}

/** The member of an object that holds what the caller sent, ruled or not. */
function ofSource(asked: Asked, written: Written, name: string, left: number): Cap {
  return left === 0 || !isInput(written.expression) ? 'unclear' : ofInput(asked, written, name);
}

/** What the caller sends: a schema beside the route, or one that it is put through, may hold it down. */
function ofInput({ node, handler }: Asked, { expression, scope }: Written, name: string): Cap {
  const rules = [
    ...expressionsIn(expression).flatMap(each =>
      each.kind === 'call' &&
      each.callee.kind === 'attribute' &&
      /^(parse|parseAsync|safeParse|validate|validateAsync|cast|check)$/.test(each.callee.name)
        ? [{ expression: each.callee.object, scope }]
        : [],
    ),
    ...(handler.registration?.call.args ?? []).map(({ value }) => ({
      expression: value,
      scope: handler.registration?.scope ?? scope,
    })),
  ];
  const ruled = rules.map(rule => ruleIn(node, rule, name));
  if (ruled.includes('capped')) return 'capped';
  const isChecked = handler.before.some(({ expression: layer, scope: around }) =>
    /valid|schema|celebrate|joi|zod/i.test(node.textOf(around, layer)),
  );
  return isChecked || ruled.includes('unclear') ? 'unclear' : 'open';
}

const HOLDS_DOWN = /\bmaximum\s*:|\.(max|lte|lt|oneOf|valid)\(|\benum\s*:|\.enum\(|Literal\(/;

/** `limit: z.number().max(100)` of a schema; `open` where a schema has the member without such a rule. */
function ruleIn(node: CodeView, written: Written, name: string, depth = 0): Cap | 'none' {
  const found = schemaParts(node, written, depth);
  const own = found.find(({ key }) => key === name && name !== '');
  if (own) return HOLDS_DOWN.test(node.textOf(own.scope, own.value)) ? 'capped' : 'open';
  return found.length === 0 &&
    /schema/i.test(node.textOf(written.scope, written.expression)) &&
    written.expression.kind !== 'function'
    ? 'unclear'
    : 'none';
}

interface SchemaPart {
  readonly key: string;
  readonly value: Expression;
  readonly scope: Written['scope'];
}

/** Members of a schema, over names: of `{ schema: { querystring: Page } }` those of the page too. */
function schemaParts(node: CodeView, { expression, scope }: Written, depth: number): readonly SchemaPart[] {
  if (depth > 3 || expression.kind === 'function') return [];
  const parts: SchemaPart[] = [];
  for (const each of expressionsIn(expression)) {
    if (each.kind === 'dictionary')
      for (const { key, value } of each.entries)
        if (key?.kind === 'string') parts.push({ key: key.value, value, scope });
    if (each.kind !== 'name') continue;
    const found = node.code.resolver.bindings(each.name, scope, each.start);
    const [binding] = found?.bindings ?? [];
    const behind = found && binding && writtenBehind(node, binding, found.scope);
    if (behind) parts.push(...schemaParts(node, behind, depth + 1));
  }
  return parts;
}

function writtenBehind(
  node: CodeView,
  binding: NonNullable<ReturnType<CodeView['code']['resolver']['bindings']>>['bindings'][number],
  scope: Written['scope'],
): Written | undefined {
  if (binding.kind === 'value') return { expression: binding.value, scope };
  if (binding.kind !== 'import-from') return undefined;
  const { resolver } = node.code;
  const from = resolver.modules.resolve(scope.module, binding.module, binding.level);
  const [own] = from.kind === 'module' ? resolver.exportsOf(from.module, binding.name) : [];
  return own && writtenBehind(node, own.binding, own.scope);
}

function ofName(asked: Asked, { expression, scope }: Written, frame: Frame, left: number): Cap {
  if (expression.kind !== 'name') return 'unclear';
  const { node } = asked;
  if (isNumber(node.evaluate(expression, scope))) return 'capped';
  if (isHeldDown(node, expression.name, scope)) return 'capped';
  const found = node.code.resolver.bindings(expression.name, scope, expression.start);
  const caps = (found?.bindings ?? []).map((binding): Cap => {
    if (!found) return 'unclear';
    if (binding.kind === 'value')
      return capOf(asked, { expression: binding.value, scope: found.scope }, frame, left - 1);
    if (binding.kind !== 'parameter') return 'unclear';
    const given = frame.given.get(binding.parameter);
    return given
      ? capOf(asked, { expression: given.expression, scope: given.frame.scope }, given.frame, left - 1)
      : 'unclear';
  });
  return caps.length > 0 ? worst(caps) : 'unclear';
}

const isNumber = (term: Term): boolean =>
  [...outcomes(term)].every(
    each => each.kind === 'env' || (each.kind === 'literal' && each.value !== null && each.value !== ''),
  );

const isCap = (term: Term): boolean =>
  [...outcomes(term)].every(
    each =>
      each.kind === 'env' ||
      (each.kind === 'literal' && typeof each.value === 'number' && each.value >= SMALLEST_CAP),
  );

/** `size > 100 ? 100 : size` */
function isCompared(node: CodeView, test: Expression, then: Expression, { scope }: Frame): boolean {
  return (
    test.kind === 'binary' &&
    /^[<>]=?$/.test(test.operator) &&
    [test.left, test.right, then].some(each => isCap(node.evaluate(each, scope)))
  );
}

/** `if (size > 100) size = 100;`, `if (size > 100) throw …` in the same function. */
const isHeldDown = (node: CodeView, name: string, scope: Written['scope']): boolean =>
  [...statementsIn(functionAround(scope)?.body ?? [])]
    .flatMap(headOf)
    .some(head =>
      expressionsIn(head).some(
        each =>
          each.kind === 'binary' &&
          ((/^>=?$/.test(each.operator) &&
            isNamed(each.left, name) &&
            isCap(node.evaluate(each.right, scope))) ||
            (/^<=?$/.test(each.operator) &&
              isNamed(each.right, name) &&
              isCap(node.evaluate(each.left, scope)))),
      ),
    );

const isNamed = (expression: Expression, name: string): boolean =>
  expression.kind === 'name' && expression.name === name;
