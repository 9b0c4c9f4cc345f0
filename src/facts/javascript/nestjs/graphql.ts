import type { ExposedError, Truth } from '../../../model/index.ts';
import { both } from '../../../model/index.ts';
import type { CodeView } from '../../code/view.ts';
import type { BlindSpot } from '../handler.ts';
import { behind, optionOf, type Filled } from './filled.ts';
import type { Item } from './lists.ts';
import { textOf, type ServedModule } from './modules.ts';
import { classPut } from './put-classes.ts';

/** What a module of GraphQL is set up with, and where. */
interface GraphqlModule {
  readonly item: Item;
  readonly options: Filled | undefined;
}

const GRAPHQL = /^@nestjs\/graphql\.GraphQLModule\.(forRoot|forRootAsync)$/;

const graphqlModules = (view: CodeView, modules: readonly ServedModule[]): readonly GraphqlModule[] =>
  modules.flatMap(({ imports, there }) =>
    imports.flatMap((item): readonly GraphqlModule[] => {
      const found = behind(view, item);
      if (found === 'absent' || found.expression.kind !== 'call') return [];
      if (!GRAPHQL.test(view.nameOf(found.expression.callee, found.scope))) return [];
      const [first] = found.expression.args;
      return [
        {
          item: { ...found, there: both(item.there, there) },
          options: first && { ...found, expression: first.value },
        },
      ];
    }),
  );

/** Whether queries are answered at all, and the path at which. */
export function graphqlOf(
  view: CodeView,
  modules: readonly ServedModule[],
): { readonly there: Truth; readonly path: string | undefined; readonly blind: readonly BlindSpot[] } {
  if (!view.imports('@nestjs/graphql')) return { there: 'no', path: undefined, blind: [] };
  const found = graphqlModules(view, modules);
  const [first] = found;
  const path = optionOf(view, first?.options, 'path');
  return {
    there: first ? first.item.there : 'unclear',
    path: path ? textOf(view, path) : '/graphql',
    blind: found.flatMap(({ item, options }) =>
      options && /Gateway/.test(view.textOf(options.scope, options.expression))
        ? [
            {
              path: view.at(item.scope, item.expression).path,
              because: 'hands queries on to other services, whose resolvers are not here',
            },
          ]
        : [],
    ),
  };
}

/** Apollo sends the message of every error by itself, unless an own function says what goes out. */
export function* exposedByApollo(view: CodeView, modules: readonly ServedModule[]): Generator<ExposedError> {
  if (!view.imports('@nestjs/graphql')) return;
  for (const { item, options } of graphqlModules(view, modules)) {
    if (!options || saysItself(view, options) !== 'no') continue;
    yield {
      kind: 'exposedError',
      at: view.at(item.scope, item.expression),
      what: 'text',
      says: 'the error format that Apollo brings',
      catches: 'everything',
      handler: 'Apollo',
      isHealth: false,
      reached: item.there,
    };
  }
}

/** Whether options of Apollo, or the class or function that makes them, have a format of errors. */
function saysItself(view: CodeView, options: Filled): Truth {
  const made = ['useClass', 'useFactory', 'useExisting'].flatMap(name => optionOf(view, options, name) ?? []);
  const texts = [options, ...made].map(each => {
    const of = classPut(view, each);
    const found = behind(view, each);
    if (of) return view.textOf(of.scope, of.definition);
    return found === 'absent' ? '' : view.textOf(found.scope, found.expression);
  });
  const text = texts.join('\n');
  if (/\bformatError\b|errorFormatter|\.\.\./.test(text)) return 'yes';
  return /ApolloDriver|@nestjs\/apollo/.test(text) ? 'no' : 'unclear';
}
