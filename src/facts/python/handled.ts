import type { FunctionDefinition } from '../../read/syntax.ts';
import type { Handled } from '../code/language.ts';
import type { CodeView } from '../code/view.ts';
import { handlersOf } from './handlers.ts';

/** The parameters of a handler are filled with what the caller sends; converters of the path confine some. */
export function handledIn(python: CodeView): Handled {
  let routes: ReadonlyMap<FunctionDefinition, string> | undefined;
  const routeOf = (definition: FunctionDefinition): string | undefined => {
    routes ??= new Map(
      handlersOf(python).map(({ function: { definition: own }, registration: { scope, call } }) => [
        own,
        python.textOf(scope, call),
      ]),
    );
    return routes.get(definition);
  };
  return {
    as(definition, { name }) {
      const route = routeOf(definition);
      if (route === undefined || /^(self|cls)$/.test(name)) return undefined;
      return new RegExp(`<(int|float|uuid):${name}>|\\{${name}:(int|float|uuid)\\}`).test(route)
        ? 'checked'
        : 'input';
    },
    isSegment: (definition, { name }) =>
      new RegExp(`<(string:)?${name}>|\\{${name}\\}`).test(routeOf(definition) ?? ''),
  };
}
