import type { Option, Term } from '../../../model/index.ts';
import { oneOf } from '../../../model/index.ts';
import type { Expression } from '../../../read/syntax.ts';
import type { FunctionEntity } from '../../code/entities.ts';
import { resultsIn } from '../../code/results.ts';
import type { CallSite } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';

/** What a client is given: texts by position, and options by path, wherever they stand among its arguments. */
export interface GivenOptions {
  /** Texts at the beginning: an address, or name, user and password. */
  readonly texts: readonly Term[];
  /** By a path such as `socket.host`. */
  option(...paths: readonly string[]): Term | undefined;
  readonly hasOptions: boolean;
  /** Some of it cannot be read. */
  readonly isOpen: boolean;
  /** One of the things that cannot be read holds options, and is no address. */
  readonly hidesOptions: boolean;
}

const ADDRESS = /ur[il]|dsn|address|conn(ection)?_?str/i;

/** Methods of classes that a framework asks for options. */
const FACTORIES = [
  'createTypeOrmOptions',
  'createMongooseOptions',
  'createSequelizeOptions',
  'createMikroOrmOptions',
];

export function optionsGiven(node: CodeView, site: CallSite): GivenOptions {
  const terms = site.call.args
    .filter(arg => arg.spread === '')
    .map(arg => node.evaluate(arg.value, site.scope));
  const all = site.call.args.flatMap((arg, index) => {
    const made = factoryTerm(node, site, arg.value);
    return made ? [made] : (terms[index] ?? []);
  });
  const objects = all.filter(isOptions);
  const first = all.findIndex(isOptions);
  const member = (object: Term, path: string): Term | undefined =>
    path
      .split('.')
      .reduce<Term | undefined>((inner, key) => inner && node.args(site).member(inner, key), object);
  return {
    texts: first === -1 ? all : all.slice(0, first),
    hasOptions: objects.length > 0,
    isOpen:
      objects.some(object => optionsIn(object).some(({ kind, open }) => kind === 'object' && open)) ||
      all.some(isUnread),
    hidesOptions: site.call.args.some(
      ({ value, spread }, index) =>
        spread === '' && isUnread(all[index]) && value.kind === 'name' && !ADDRESS.test(value.name),
    ),
    option(...paths) {
      for (const path of paths)
        for (const object of objects) {
          const found = member(object, path);
          // `connection` is an address or holds its parts.
          if (found && !(path === 'connection' && isOptions(found))) return found;
        }
      return undefined;
    },
  };
}

const isUnread = (term: Term | undefined): boolean =>
  term?.kind === 'unclear' || term?.kind === 'call' || term?.kind === 'reference';

interface Possible {
  readonly kind: Term['kind'];
  readonly open: boolean;
}

const optionsIn = (term: Term): readonly Possible[] =>
  term.kind === 'oneOf'
    ? term.options.flatMap(({ term: inner }) => optionsIn(inner))
    : [{ kind: term.kind, open: term.kind === 'object' && term.open }];

const isOptions = (term: Term): boolean => optionsIn(term).some(({ kind }) => kind === 'object');

/** `forRootAsync({ useFactory: (config) => ({ … }) })`, `{ useClass: TypeOrmConfigService }` */
function factoryTerm(node: CodeView, site: CallSite, value: Expression): Term | undefined {
  if (value.kind !== 'dictionary') return undefined;
  for (const { key, value: given } of value.entries) {
    if (key?.kind !== 'string' || !/^use(Factory|Class|Existing)$/.test(key.value)) continue;
    const entity = node.resolve(given, site.scope);
    if (entity?.kind === 'function') return resultOf(node, entity);
    if (entity?.kind !== 'class') continue;
    for (const name of FACTORIES) {
      const method = node.code.resolver.member({ kind: 'object', of: entity, made: undefined }, name);
      if (method?.kind === 'function') return resultOf(node, method);
    }
  }
  return undefined;
}

function resultOf(node: CodeView, entity: FunctionEntity): Term | undefined {
  const inside = node.code.resolver.insideOf(entity);
  const options = resultsIn(entity.definition).map((result): Option => ({
    when: '',
    term: node.evaluate(result, inside),
  }));
  return options.length > 0 ? oneOf(options, node.at(inside, entity.definition.head)) : undefined;
}
