import type { Location } from '../../../model/index.ts';
import type { Call, Expression } from '../../../read/syntax.ts';
import { expressionsIn, headOf, statementsIn } from '../../../read/walk.ts';
import { expressionsOf, wordOf, type Body } from '../../code/bodies.ts';
import type { CodeView } from '../../code/view.ts';
import { writtenAs } from '../../code/written.ts';
import type { Handler } from '../handler.ts';
import type { Parser } from './parser.ts';

const FORM = /\bformData\(|\bFormData\b/;
const GETS = /^(get|getAll)$/;
const IS_FILE = /\b(as|instanceof)\s+(unknown\s+as\s+)?(File|Blob)\b/;
/** What only a file has. */
const OF_FILE = /^(arrayBuffer|stream|bytes|size)$/;
const HOLDS = /^(parse|safeParse|parseAsync|safeParseAsync)$/;
const SIZED = /\.size\s*[<>]|\.file\(\)[^;]*\.max\(|max_?(file_?)?size/i;
const TYPED = /\.includes\(\s*\w+\.type\b|\.type\b\s*[!=]==|\.mime\(/;

/** `const form = await request.formData(); form.get("photo")`: a file in a form that the handler takes apart itself. */
export function formFor(node: CodeView, handler: Handler, bodies: readonly Body[]): Parser | undefined {
  for (const body of bodies) {
    if (!FORM.test(node.textOf(body.scope.parent ?? body.scope, body.definition))) continue;
    const taken = takenIn(node, body);
    if (!taken) continue;
    const at = node.at(body.scope, taken);
    const described = describedIn(node, bodies);
    return {
      at,
      takenAt: at,
      what: node.textOf(body.scope, taken),
      filter: undefined,
      // Next.js hands no more than a megabyte to a function that pages call, unless it is told to.
      limits: handler.route.transport === 'call' ? handler.route.handlerAt : described.size,
      typed: described.type,
      looked: undefined,
      asks: [],
      isOpen: false,
      keeps: false,
      names: false,
      naming: [],
    };
  }
  return undefined;
}

/** The call by which a file is taken out of the form. */
function takenIn(node: CodeView, body: Body): Call | undefined {
  const used = new Set(
    [...expressionsOf(body)].flatMap(each =>
      each.kind === 'attribute' && OF_FILE.test(each.name) && each.object.kind === 'name'
        ? each.object.name
        : [],
    ),
  );
  for (const statement of statementsIn(body.definition.body)) {
    const heads = headOf(statement);
    const taken = heads.flatMap(expressionsIn).find(each => isTaken(node, each, body));
    if (taken?.kind !== 'call') continue;
    const targets = statement.kind === 'assign' ? statement.targets : [];
    const isUsed = targets.some(target => target.kind === 'name' && used.has(target.name));
    if (isUsed || IS_FILE.test(node.textOf(body.scope, statement))) return taken;
  }
  return undefined;
}

function isTaken(node: CodeView, expression: Expression, { scope }: Body): boolean {
  if (expression.kind !== 'call' || !GETS.test(wordOf(expression)) || expression.callee.kind !== 'attribute')
    return false;
  const form = node.evaluate(expression.callee.object, scope);
  return form.kind === 'input' && /^(request body|argument of a server function)$/.test(form.source);
}

/** What a description says that files are held against: `Photo.safeParse({ file })`. */
function describedIn(
  node: CodeView,
  bodies: readonly Body[],
): { readonly size: Location | undefined; readonly type: Location | undefined } {
  for (const body of bodies)
    for (const expression of expressionsOf(body)) {
      if (expression.kind !== 'call' || expression.callee.kind !== 'attribute') continue;
      if (!HOLDS.test(expression.callee.name)) continue;
      const { expression: described, scope } = writtenAs(node, expression.callee.object, body.scope);
      const text = node.textOf(scope, described);
      if (!/\bFile\b|\bBlob\b|\.file\(/.test(text)) continue;
      const at = node.at(scope, described);
      return { size: SIZED.test(text) ? at : undefined, type: TYPED.test(text) ? at : undefined };
    }
  return { size: undefined, type: undefined };
}
