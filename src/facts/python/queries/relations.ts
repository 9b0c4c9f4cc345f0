import { literalTexts } from '../../../model/index.ts';
import type { Call, ClassDefinition, Expression } from '../../../read/syntax.ts';
import { expressionsIn } from '../../../read/walk.ts';
import type { ClassEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import { makes } from '../sqlalchemy/columns.ts';
import type { PythonView } from '../view.ts';
import type { Query } from './query.ts';

/** A member of a model that asks the database when it is read. */
export interface Relation {
  readonly name: string;
  /** Reading gives one object or a list; or a manager that asks only when it is called. */
  readonly gives: 'object' | 'list' | 'manager';
}

const FIELD = /^django\.db\.models(\.\w+)*\.(ForeignKey|OneToOneField|ManyToManyField)$/;
const LAZY = /^(select|True)$/;

type Known = ReadonlyMap<string, readonly Relation[]>;
const known = new WeakMap<PythonView, Known>();

/** The lazy relations of a model, its bases' included. */
export function relationsOf(python: PythonView, model: ClassEntity): readonly Relation[] {
  let all = known.get(python);
  if (!all) known.set(python, (all = new Map([...mapped(python), ...fields(python)])));
  const names = [model, ...python.code.resolver.basesOf(model).filter(each => each.kind === 'class')].map(
    ({ definition }) => definition.name,
  );
  return names.flatMap(name => all.get(name) ?? []);
}

function collect(found: Map<string, Relation[]>, owner: string, relation: Relation): void {
  const list = found.get(owner);
  if (list) list.push(relation);
  else found.set(owner, [relation]);
}

/** How a relation is loaded, by its `lazy`; `undefined` when it asks nothing on being read. */
function givesBy(
  python: PythonView,
  call: Call,
  scope: Scope,
  otherwise: Relation['gives'],
): Relation['gives'] | undefined {
  const lazy = call.args.find(arg => arg.name === 'lazy')?.value;
  if (!lazy) return otherwise;
  const term = python.evaluate(lazy, scope);
  const said = term.kind === 'literal' ? String(term.value) : '';
  if (said === 'dynamic') return 'manager';
  return LAZY.test(said) || said === 'true' ? otherwise : undefined;
}

const isToOne = (definition: ClassDefinition, name: string): boolean =>
  definition.body.some(
    each => each.kind === 'assign' && each.targets.some(target => lastNameOf(target) === `${name}_id`),
  );

/** `posts = relationship("Post", backref="author")` */
function mapped(python: PythonView): Known {
  const found = new Map<string, Relation[]>();
  for (const { call, scope, statement } of python.callsEnding('relationship', 'Relationship')) {
    const { definition } = scope;
    if (definition?.kind !== 'class' || statement.kind !== 'assign') continue;
    if (!makes(python, call, scope, 'relationship', 'Relationship')) continue;
    const name = statement.targets[0] ? lastNameOf(statement.targets[0]) : '';
    const written = statement.annotation ? python.textOf(scope, statement.annotation) : '';
    const gives = /WriteOnly|Dynamic/.test(written)
      ? undefined
      : givesBy(python, call, scope, isToOne(definition, name) ? 'object' : 'list');
    // A list in a list of mappers' arguments of SQLModel, and views, load in ways of their own.
    if (gives && !call.args.some(arg => arg.name === 'sa_relationship_kwargs' || arg.spread !== ''))
      collect(found, definition.name, { name, gives });
    addBackref(python, found, call, scope);
  }
  return found;
}

function addBackref(python: PythonView, found: Map<string, Relation[]>, call: Call, scope: Scope): void {
  const backref = call.args.find(arg => arg.name === 'backref')?.value;
  const first = call.args.find(
    arg => (arg.name === '' || arg.name === 'argument') && arg.spread === '',
  )?.value;
  if (!backref || !first) return;
  const target = lastPart(literalTexts(python.evaluate(first, scope))[0] ?? lastNameOf(first));
  const inner = backref.kind === 'call' ? backref : undefined;
  const given = inner ? inner.args[0]?.value : backref;
  const name = given ? literalTexts(python.evaluate(given, scope))[0] : undefined;
  const gives = inner ? givesBy(python, inner, scope, 'object') : 'object';
  if (name !== undefined && gives) collect(found, target, { name, gives });
}

const lastPart = (text: string): string => /(\w+)\W*$/.exec(text)?.[1] ?? '';

/** `author = models.ForeignKey(User, related_name="posts")` */
function fields(python: PythonView): Known {
  const found = new Map<string, Relation[]>();
  if (!python.imports('django')) return found;
  for (const { call, scope, statement } of python.callsEnding(
    'ForeignKey',
    'OneToOneField',
    'ManyToManyField',
  )) {
    const { definition } = scope;
    const type = FIELD.exec(python.nameOf(call.callee, scope))?.[2];
    if (!type || definition?.kind !== 'class' || statement.kind !== 'assign') continue;
    const name = statement.targets[0] ? lastNameOf(statement.targets[0]) : '';
    collect(found, definition.name, { name, gives: type === 'ManyToManyField' ? 'manager' : 'object' });
    const to = call.args.find(arg => arg.name === '' || arg.name === 'to')?.value;
    const target = to?.kind === 'string' ? lastPart(to.value) : to ? lastNameOf(to) : '';
    const related = call.args.find(arg => arg.name === 'related_name')?.value;
    const back = related?.kind === 'string' ? related.value : `${definition.name.toLowerCase()}_set`;
    if (target !== '' && type !== 'OneToOneField') collect(found, target, { name: back, gives: 'manager' });
  }
  return found;
}

const LOADS =
  /^(options|select_related|prefetch_related|prefetch_related_objects|join_related|using_related)$/;

/** Whether a query already brings a relation along, or may do so. */
export function isLoaded(python: PythonView, query: Query, relation: Relation): boolean {
  const { name } = relation;
  const own = query.model ? managerOf(query.model) : false;
  if (own && query.by === 'manager') return true;
  return query.steps.some(step => {
    if (!step.call) return false;
    const words = step.call.args.flatMap(arg => expressionsIn(arg.value)).flatMap(wordsOf);
    if (!LOADS.test(step.name)) {
      // Searched by the other side: it is known, and the session has it already.
      const isFixed = step.name === 'filter_by' || step.name === 'filter' || step.name === 'where';
      const keys = step.call.args.map(arg => arg.name);
      return (
        relation.gives === 'object' &&
        isFixed &&
        [...words, ...keys].some(word => word === name || word === `${name}_id`)
      );
    }
    const isOpen =
      step.call.args.length === 0 ||
      step.call.args.some(arg => arg.spread !== '' || arg.value.kind === 'name' || words.includes('*'));
    return isOpen || words.some(word => word.split('__').includes(name));
  });
}

const wordsOf = (each: Expression): readonly string[] =>
  each.kind === 'string'
    ? each.value.split('.')
    : each.kind === 'attribute' || each.kind === 'name'
      ? [each.name]
      : [];

/** A manager of its own may load anything. */
const managerOf = ({ definition }: ClassEntity): boolean =>
  definition.body.some(
    each => each.kind === 'assign' && each.targets.some(target => lastNameOf(target) === 'objects'),
  );
