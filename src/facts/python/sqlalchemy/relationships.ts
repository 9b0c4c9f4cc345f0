import { literalTexts } from '../../../model/index.ts';
import type { Argument, Call, Expression } from '../../../read/syntax.ts';
import { expressionsIn } from '../../../read/walk.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';
import { makes } from './columns.ts';

/** Deleting an object of one class deletes those of another. */
export interface Cascade {
  readonly from: string;
  readonly to: string;
}

/** What relationships between models delete: by `cascade="all, delete-orphan"`, `cascade_delete=True`. */
export function cascadesIn(python: PythonView): readonly Cascade[] {
  return python.callsEnding('relationship', 'Relationship').flatMap(({ call, scope, statement }) => {
    const { definition } = scope;
    if (definition?.kind !== 'class' || !makes(python, call, scope, 'relationship', 'Relationship'))
      return [];
    const annotation = statement.kind === 'assign' ? statement.annotation : undefined;
    const target = targetOf(python, call, annotation, scope);
    const backref = call.args.find(arg => arg.name === 'backref')?.value;
    return [
      ...(deletes(python, call.args, scope) ? [{ from: definition.name, to: target }] : []),
      ...(backref?.kind === 'call' && deletes(python, backref.args, scope)
        ? [{ from: target, to: definition.name }]
        : []),
    ];
  });
}

function deletes(python: PythonView, args: readonly Argument[], scope: Scope): boolean {
  return args.some(({ name, value }) => {
    if (name !== 'cascade' && name !== 'cascade_delete' && name !== 'passive_deletes') return false;
    const term = python.evaluate(value, scope);
    if (name === 'cascade') return /\b(all|delete)\b/.test(literalTexts(term)[0] ?? '');
    return term.kind === 'literal' && Boolean(term.value);
  });
}

/** The class at the other end: the first argument, or what `Mapped[list["Order"]]` holds. */
function targetOf(python: PythonView, call: Call, annotation: Expression | undefined, scope: Scope): string {
  const first = call.args.find(
    arg => (arg.name === '' || arg.name === 'argument') && arg.spread === '',
  )?.value;
  if (first) return lastPart(literalTexts(python.evaluate(first, scope))[0] ?? lastNameOf(first));
  const inside = annotation ? expressionsIn(annotation) : [];
  const named = inside.flatMap(each =>
    each.kind === 'string' ? each.value : each.kind === 'name' ? each.name : [],
  );
  return lastPart(named.at(-1) ?? '');
}

const lastPart = (text: string): string => /(\w+)\W*$/.exec(text)?.[1] ?? '';
