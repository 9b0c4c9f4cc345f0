import type { Method, Truth } from '../../../model/index.ts';
import { both, either, truth } from '../../../model/index.ts';
import type { CallSite } from '../../code/sites.ts';
import { lastNameOf } from '../../code/sites.ts';
import type { CodeView } from '../../code/view.ts';
import { coversPath } from '../paths.ts';
import { appCalls } from './apps.ts';
import { behind, NO_CALLS, optionOf, type Filled } from './filled.ts';
import { itemsOf } from './lists.ts';
import { argumentOf, named, type Mark } from './marks.ts';
import { textOf } from './modules.ts';

/** A path with the methods for which it is meant; `undefined` for all. */
export interface Pattern {
  readonly path: string | undefined;
  readonly method: string | undefined;
  /** Whether everything below is meant too. */
  readonly below: boolean;
}

/** What an app puts before the paths of its controllers. */
export interface Prefixes {
  readonly global: string | undefined;
  readonly leftOut: readonly Pattern[];
  /** The text before a version; `undefined` where versions are no part of the path. */
  readonly version: string | undefined;
  readonly versions: readonly (string | undefined)[];
}

export function prefixesOf(view: CodeView, app: CallSite): Prefixes {
  const [global] = appCalls(view, app, 'setGlobalPrefix');
  const [versioning] = appCalls(view, app, 'enableVersioning');
  const options = versioning && argument(versioning, 0);
  const type = options && optionOf(view, options, 'type');
  const isInPath = versioning && (!type || /URI$/.test(view.textOf(type.scope, type.expression)));
  const prefix = options && optionOf(view, options, 'prefix');
  const before = prefix && behind(view, prefix);
  const isBare = before && before !== 'absent' && before.expression.kind === 'constant';
  const usual = options && optionOf(view, options, 'defaultVersion');
  const excluded = global && optionOf(view, argument(global, 1), 'exclude');
  const text = global && argument(global, 0);
  return {
    // One that is put together at run time is some text.
    global: text ? (textOf(view, text) ?? '{prefix}') : '',
    leftOut: excluded ? itemsOf(view, excluded).map(each => patternOf(view, each, false)) : [],
    version: isInPath ? (isBare ? '' : prefix ? textOf(view, prefix) : 'v') : undefined,
    versions: usual ? versionsIn(view, usual) : [undefined],
  };
}

const argument = ({ call, scope }: CallSite, position: number): Filled | undefined => {
  const value = call.args[position]?.value;
  return value && { expression: value, scope, calls: NO_CALLS };
};

/** `"cats"`, `{ path: "cats", method: RequestMethod.GET }` */
export function patternOf(view: CodeView, item: Filled, below: boolean): Pattern {
  const path = optionOf(view, item, 'path');
  if (!path) return { path: textOf(view, item), method: undefined, below };
  const method = optionOf(view, item, 'method');
  const word = method ? lastNameOf(method.expression) : '';
  return {
    path: textOf(view, path),
    method: word === '' || word === 'ALL' ? undefined : word,
    below: below && !method,
  };
}

/** `(.*)`, `*path` and `{*rest}` all mean whatever follows. */
const plainStar = (path: string | undefined): string | undefined =>
  path?.replace(/\(\.\*\)|\{\/?\*\w*\}|\*\w*/g, '*');

export const meets = (pattern: Pattern, path: string | undefined, methods: readonly Method[]): Truth =>
  both(
    coversPath(plainStar(pattern.path), path, pattern.below),
    truth(pattern.method === undefined || methods.some(method => method === pattern.method)),
  );

/** `"1"`, `["1", "2"]`, `VERSION_NEUTRAL`, which is no part of the path. */
function versionsIn(view: CodeView, written: Filled): readonly (string | undefined)[] {
  return itemsOf(view, written).map(item =>
    /VERSION_NEUTRAL$/.test(view.nameOf(item.expression, item.scope))
      ? undefined
      : (textOf(view, item) ?? '{version}'),
  );
}

/** The paths that a decorator names: none, a text, or several. */
export function pathsIn(view: CodeView, written: Filled | undefined): readonly (string | undefined)[] {
  if (!written) return [''];
  const items = itemsOf(view, written);
  return items.length === 0 ? [''] : items.map(item => textOf(view, item));
}

interface Base {
  readonly paths: readonly (string | undefined)[];
  readonly versions: readonly (string | undefined)[] | undefined;
}

/** `@Controller("cats")`, `@Controller({ path: ["cats", "kittens"], version: "1" })` */
export function baseOf(view: CodeView, marks: readonly Mark[]): Base {
  const [controller] = named(marks, 'Controller');
  const first = controller && argumentOf(controller, 0);
  const options = first && behind(view, first);
  const version = versionMarked(view, marks);
  if (!options || options === 'absent' || options.expression.kind !== 'dictionary')
    return { paths: pathsIn(view, first), versions: version };
  const own = optionOf(view, options, 'version');
  return {
    paths: pathsIn(view, optionOf(view, options, 'path')),
    versions: version ?? (own ? versionsIn(view, own) : undefined),
  };
}

export function versionMarked(view: CodeView, marks: readonly Mark[]): Base['versions'] {
  const [mark] = named(marks, 'Version');
  const value = mark && argumentOf(mark, 0);
  return value && versionsIn(view, value);
}

/** The part of a path that tells the version. */
export const versionParts = ({ version, versions }: Prefixes, own: Base['versions']): readonly string[] =>
  version === undefined
    ? ['']
    : (own ?? versions).map(each => (each === undefined ? '' : `${version}${each}`));

/** Whether the global prefix does not stand before a path. */
export const isLeftOut = (
  { leftOut }: Prefixes,
  path: string | undefined,
  methods: readonly Method[],
): Truth => either(...leftOut.map(pattern => meets(pattern, path, methods)));
