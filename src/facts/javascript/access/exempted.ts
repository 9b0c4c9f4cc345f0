import type { Truth } from '../../../model/index.ts';
import type { Expression, Statement } from '../../../read/syntax.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import type { CodeView } from '../../code/view.ts';
import { refuses } from './refusals.ts';

/** A path, or the beginning of paths, that middleware lets pass by itself. */
interface Exempted {
  readonly text: string;
  readonly isPrefix: boolean;
}

/** Members that hold the path from the root on: `req.path` is counted from where a router stands. */
const WHOLE = /^(req|request)\.(originalUrl|url)$/;
const MENTIONED = /\b(req|request|ctx|c\.req)\.(path|originalUrl|url|baseUrl)\b/g;

/** The paths that a test names, where it asks for nothing else. */
function exemptedBy(view: CodeView, test: Expression, scope: Scope): readonly Exempted[] | undefined {
  const isPath = (each: Expression | undefined): boolean =>
    each?.kind === 'attribute' && WHOLE.test(view.textOf(scope, each));
  if (test.kind === 'logical' && test.operator === 'or') {
    const [left, right] = [test.left, test.right].map(side => exemptedBy(view, side, scope));
    return left && right && [...left, ...right];
  }
  if (test.kind === 'binary' && test.operator === '==') {
    const other = isPath(test.left) ? test.right : isPath(test.right) ? test.left : undefined;
    const text = other && textOf(view, other, scope);
    return text === undefined ? undefined : [{ text, isPrefix: false }];
  }
  if (test.kind !== 'call' || test.callee.kind !== 'attribute') return undefined;
  const { name, object } = test.callee;
  const [first] = test.args;
  if (name === 'startsWith' && first && isPath(object)) {
    const text = textOf(view, first.value, scope);
    return text === undefined ? undefined : [{ text, isPrefix: true }];
  }
  const list = name === 'includes' && isPath(first?.value) ? view.evaluate(object, scope) : undefined;
  return list?.kind === 'list' && list.items.every(({ kind }) => kind === 'literal')
    ? list.items.map(item => ({ text: item.kind === 'literal' ? String(item.value) : '', isPrefix: false }))
    : undefined;
}

function textOf(view: CodeView, expression: Expression, scope: Scope): string | undefined {
  const term = view.evaluate(expression, scope);
  return term.kind === 'literal' && typeof term.value === 'string' && term.value !== ''
    ? term.value
    : undefined;
}

const leaves = (body: readonly Statement[]): boolean => body.at(-1)?.kind === 'return';

/** Whether middleware asks on a path; `unclear` where it looks at paths in a way that cannot be followed. */
export function asksOn(view: CodeView, of: FunctionEntity, path: string | undefined): Truth {
  const mentions = view.textOf(of.scope, of.definition).match(MENTIONED)?.length ?? 0;
  if (mentions === 0) return 'yes';
  const scope = view.code.resolver.insideOf(of);
  let told = 0;
  const found: Exempted[] = [];
  for (const statement of of.definition.body) {
    if (statement.kind !== 'if') continue;
    const exempted = exemptedBy(view, statement.test, scope);
    if (!exempted || !leaves(statement.body) || refuses(statement.body)) continue;
    told += view.textOf(scope, statement.test).match(MENTIONED)?.length ?? 0;
    found.push(...exempted);
  }
  if (told < mentions || path === undefined) return 'unclear';
  const answers = found.map(each => isLetBy(each, path));
  if (answers.includes('yes')) return 'no';
  return answers.includes('unclear') ? 'unclear' : 'yes';
}

/** `/orders/{id}` may be anything that begins like it. */
function isLetBy({ text, isPrefix }: Exempted, path: string): Truth {
  const [fixed = '', ...open] = path.split('{');
  if (isPrefix ? fixed.startsWith(text) : path === text) return 'yes';
  return open.length > 0 && text.startsWith(fixed) ? 'unclear' : 'no';
}
