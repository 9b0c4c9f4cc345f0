import type { Location, Term } from '../../model/index.ts';
import type { Argument, Call, Expression } from '../../read/syntax.ts';
import { nameOfEntity, type FunctionEntity } from './entities.ts';
import type { Resolver } from './resolve.ts';
import type { Scope } from './scopes.ts';

/** The arguments of a call, evaluated when they are asked for. */
export interface Arguments {
  readonly at: Location;
  readonly call: Call;
  readonly scope: Scope;
  /** By position or keyword, whichever is given. */
  arg(position: number, name: string): Term | undefined;
  has(position: number, name: string): boolean;
  /** What the method is called on; `undefined` for a plain function. */
  object(): Term | undefined;
  /** A member of what a term refers to. */
  member(object: Term, name: string): Term | undefined;
  /** What functions give that are handed over: there, or in a list under a member of what stands there. */
  given(position: number, member: string): readonly Term[];
  /** Other calls of the repository by the last word and the whole of their name. */
  elsewhere(word: string, name: string): readonly Arguments[];
  /** `*args` or `**options` are spread in, so that what is not seen may still be given. */
  readonly isOpen: boolean;
}

/** The calls of the repository whose callee ends in a word. */
export type CallsEnding = (word: string) => readonly { readonly call: Call; readonly scope: Scope }[];

interface Means {
  readonly resolver: Resolver;
  readonly callsEnding: CallsEnding;
  readonly evaluate: (expression: Expression, scope: Scope) => Term;
  readonly member: (object: Term, name: string, at: Location) => Term | undefined;
  /** What a function gives when nothing is known of what it is given. */
  readonly result: (of: FunctionEntity, at: Location) => Term | undefined;
}

export function argumentsBy({ resolver, callsEnding, evaluate, member, result }: Means) {
  const argumentsOf = (call: Call, scope: Scope): Arguments => ({
    at: scope.module.tree.locate(call),
    call,
    scope,
    arg(position, name) {
      const found = argumentAt(call, position, name);
      return found && evaluate(found.value, scope);
    },
    object: () => (call.callee.kind === 'attribute' ? evaluate(call.callee.object, scope) : undefined),
    has: (position, name) => argumentAt(call, position, name) !== undefined,
    member: (object, name) => member(object, name, scope.module.tree.locate(call)),
    given(position, name) {
      const found = argumentAt(call, position, '');
      const value = found && (name === '' ? found.value : entryOf(found.value, name));
      const functions = value?.kind === 'collection' ? value.items : value ? [value] : [];
      return functions.flatMap(each => {
        const entity = resolver.resolve(each, scope);
        return (entity?.kind === 'function' && result(entity, scope.module.tree.locate(each))) || [];
      });
    },
    elsewhere: (word, name) =>
      callsEnding(word).flatMap(site => {
        const entity = resolver.resolve(site.call.callee, site.scope);
        return entity && nameOfEntity(entity) === name ? [argumentsOf(site.call, site.scope)] : [];
      }),
    isOpen: call.args.some(each => each.spread !== ''),
  });
  return argumentsOf;
}

/** By position or keyword; behind a spread no position is certain. */
function argumentAt({ args }: Call, position: number, name: string): Argument | undefined {
  const named = name === '' ? undefined : args.find(each => each.name === name);
  const spread = args.findIndex(each => each.spread === '*');
  const positional = args.filter(each => each.name === '' && each.spread === '');
  return named ?? (position >= 0 && (spread === -1 || position < spread) ? positional[position] : undefined);
}

const entryOf = (object: Expression, name: string): Expression | undefined =>
  object.kind === 'dictionary'
    ? object.entries.find(({ key }) => key?.kind === 'string' && key.value === name)?.value
    : undefined;
