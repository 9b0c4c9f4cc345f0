import type { LoopQuestion, QueryLoop } from '../../../model/index.ts';
import { routeName } from '../../../model/index.ts';
import type { Expression, Span } from '../../../read/syntax.ts';
import { expressionsIn, statementsIn } from '../../../read/walk.ts';
import type { ClassEntity } from '../../code/entities.ts';
import type { Scope } from '../../code/scopes.ts';
import { lastNameOf } from '../../code/sites.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { Handler } from '../handler.ts';
import { handlersOf } from '../handlers.ts';
import type { PythonView } from '../view.ts';
import { shortText } from './questions.ts';
import { isLoaded, relationsOf } from './relations.ts';
import { rowsOf } from './rows.ts';

/** A member of a serialiser that is filled from an object of its own. */
interface Nested {
  readonly name: string;
  readonly at: Span;
  readonly scope: Scope;
}

const SEVERAL = /^(list|List|Sequence|Iterable|set|tuple|Page|LimitOffsetPage|CursorPage)$/;
const PYDANTIC = ['pydantic.BaseModel', 'pydantic.main.BaseModel', 'sqlmodel.SQLModel'];
const MARSHMALLOW = /^(marshmallow|flask_marshmallow|apiflask)\b.*(Schema|SQLAlchemyAutoSchema)$/;

const classIn = (python: PythonView, type: Expression, scope: Scope): ClassEntity | undefined =>
  expressionsIn(type)
    .map(each =>
      each.kind === 'name' || each.kind === 'attribute' ? python.resolve(each, scope) : undefined,
    )
    .find(entity => entity?.kind === 'class');

const withBases = (python: PythonView, of: ClassEntity): readonly ClassEntity[] => [
  of,
  ...python.code.resolver.basesOf(of).filter(base => base.kind === 'class'),
];

/** Fields whose type is another model: `artist: ArtistOut | None`. */
function nestedModels(python: PythonView, model: ClassEntity): readonly Nested[] {
  return withBases(python, model).flatMap(({ definition, scope }) => {
    const inside = scope.inner(definition);
    return definition.body.flatMap((statement): readonly Nested[] => {
      if (statement.kind !== 'assign' || !statement.annotation) return [];
      const [target] = statement.targets;
      const of = classIn(python, statement.annotation, inside);
      return target?.kind === 'name' && of && python.isKindOf(of, ...PYDANTIC)
        ? [{ name: target.name, at: statement, scope: inside }]
        : [];
    });
  });
}

/** `artist = fields.Nested(ArtistSchema)`, `songs = fields.List(fields.Nested(SongSchema))`. */
function nestedSchemas(python: PythonView, schema: ClassEntity): readonly Nested[] {
  return withBases(python, schema).flatMap(({ definition, scope }) =>
    definition.body.flatMap((statement): readonly Nested[] => {
      if (statement.kind !== 'assign' || !statement.value) return [];
      const [target] = statement.targets;
      const isNested = expressionsIn(statement.value).some(
        each => each.kind === 'call' && /^(Nested|Pluck)$/.test(lastNameOf(each.callee)),
      );
      return target?.kind === 'name' && isNested
        ? [{ name: target.name, at: statement, scope: scope.inner(definition) }]
        : [];
    }),
  );
}

/** What a serialiser asks for each of the rows that it is handed. */
function askedFor(
  python: PythonView,
  rows: Expression,
  scope: Scope,
  nested: readonly Nested[],
): readonly LoopQuestion[] {
  const query = rowsOf(python, rows, scope);
  const model = query?.model;
  if (!query || !model) return [];
  return relationsOf(python, model).flatMap((relation): readonly LoopQuestion[] => {
    const field = nested.find(({ name }) => name === relation.name);
    if (!field || relation.gives === 'manager' || isLoaded(python, query, relation)) return [];
    return [
      {
        at: python.at(scope, rows),
        says: `${model.definition.name}.${relation.name} is loaded for the answer`,
        way: [{ at: python.at(field.scope, field.at), says: `puts ${relation.name} into each of them` }],
      },
    ];
  });
}

/** The model of each row that a route answers with: `response_model=list[SongOut]`, `-> list[SongOut]`. */
function modelOfRows(python: PythonView, { registration, function: of }: Handler): ClassEntity | undefined {
  const declared = registration.call.args.find(({ name }) => name === 'response_model')?.value;
  const type = declared ?? of.definition.returns;
  const isList = type && expressionsIn(type).some(each => SEVERAL.test(lastNameOf(each)));
  const model = isList ? classIn(python, type, declared ? registration.scope : of.scope) : undefined;
  return model && python.isKindOf(model, ...PYDANTIC) ? model : undefined;
}

function* byModels(python: PythonView): Generator<QueryLoop> {
  for (const handler of handlersOf(python)) {
    if (handler.route.reached === 'no') continue;
    const model = modelOfRows(python, handler);
    const nested = model ? nestedModels(python, model) : [];
    if (nested.length === 0) continue;
    const { definition, scope: outer } = handler.function;
    const scope = outer.inner(definition);
    for (const statement of statementsIn(definition.body)) {
      if (statement.kind !== 'return' || !statement.value) continue;
      const asks = askedFor(python, statement.value, scope, nested);
      if (asks.length > 0)
        yield {
          kind: 'queryLoop',
          at: python.at(scope, statement),
          over: `the rows of ${routeName(handler.route)}`,
          asks,
          reached: handler.route.reached,
        };
    }
  }
}

/** `songs_schema.dump(Song.query.all())`, `SongSchema(many=True).dump(found)`. */
function* bySchemas(python: PythonView): Generator<QueryLoop> {
  if (!python.imports('marshmallow', 'flask_marshmallow', 'apiflask')) return;
  for (const site of python.callsEnding('dump', 'jsonify')) {
    const { call, scope } = site;
    const [rows] = call.args.filter(({ name }) => name === '' || name === 'obj');
    if (!rows || call.callee.kind !== 'attribute') continue;
    const schema = python.resolve(call.callee.object, scope);
    if (schema?.kind !== 'object') continue;
    const isSchema = python.code.resolver
      .basesOf(schema.of)
      .some(base => base.kind === 'external' && MARSHMALLOW.test(base.name));
    const asks = isSchema ? askedFor(python, rows.value, scope, nestedSchemas(python, schema.of)) : [];
    if (asks.length > 0)
      yield {
        kind: 'queryLoop',
        at: python.at(scope, call),
        over: shortText(python, rows.value, scope),
        asks,
        reached: python.reached(site),
      };
  }
}

/** Serialisers that read a relation of each row that a query gave. */
export default defineExtractor({
  id: 'python/queries/serialised',
  reads: [],
  produces: ['queryLoop'],
  understands: hasPython,
  *extract({ python }): Generator<QueryLoop> {
    if (!python.imports('sqlalchemy', 'flask_sqlalchemy', 'sqlmodel')) return;
    yield* byModels(python);
    yield* bySchemas(python);
  },
});
