import type { Location, Truth } from '../../../model/index.ts';
import { functionAround } from '../../code/at-start.ts';
import { servingFunctions } from '../serving.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

/** A file in which served functions keep data and from which they read it again. */
export interface FileStore {
  readonly at: Location;
  readonly what: string;
  /** `\0` stands for a part that cannot be told. */
  readonly path: string;
  readonly reached: Truth;
}

interface Format {
  readonly name: string;
  readonly writes: readonly string[];
  readonly reads: readonly string[];
}

const FORMATS: readonly Format[] = [
  { name: 'JSON', writes: ['json.dump', 'ujson.dump', 'simplejson.dump'], reads: ['json.load', 'ujson.load', 'simplejson.load'] },
  { name: 'pickle', writes: ['pickle.dump', 'joblib.dump', 'dill.dump', 'cloudpickle.dump'], reads: ['pickle.load', 'joblib.load', 'dill.load'] },
  { name: 'YAML', writes: ['yaml.dump', 'yaml.safe_dump'], reads: ['yaml.safe_load', 'yaml.load'] },
]; // prettier-ignore

/** Files for one moment, and those that anybody can make again. */
const PASSING = /(^|[/_.-])(tmp|temp|cache|cached|log|logs|report|export|debug)([/_.-]|$)/i;

type Paths = (python: PythonView, site: CallSite) => string;

/** The path of the file that is opened for writing in the same function. */
const openedIn =
  (textOf: (python: PythonView, site: CallSite) => string): Paths =>
  (python, site) => {
    const opened = python
      .calls('builtins.open')
      .find(
        each =>
          each.scope === site.scope &&
          each.call.args.some(({ value }) => value.kind === 'string' && /^[wax]/.test(value.value)),
      );
    return opened ? textOf(python, opened) : '\0';
  };

export function fileStoresIn(
  python: PythonView,
  textOf: (python: PythonView, site: CallSite) => string,
): readonly FileStore[] {
  const serving = servingFunctions(python);
  const isServed = ({ scope }: CallSite): boolean => {
    const around = functionAround(scope);
    return around !== undefined && serving.has(around);
  };
  const pathOf = openedIn(textOf);
  return FORMATS.flatMap(({ name, writes, reads }) => {
    const readers = new Set(
      python
        .calls(...reads)
        .filter(isServed)
        .map(({ scope }) => scope.module),
    );
    return python
      .calls(...writes)
      .filter(site => isServed(site) && readers.has(site.scope.module))
      .flatMap((site): readonly FileStore[] => {
        const path = pathOf(python, site);
        if (PASSING.test(path) || PASSING.test(functionAround(site.scope)?.name ?? '')) return [];
        const shown = path.includes('\0') ? '' : ` ${path}`;
        return [
          {
            at: python.at(site.scope, site.call),
            what: `the ${name} file${shown}`,
            path,
            reached: python.reached(site),
          },
        ];
      });
  });
}
