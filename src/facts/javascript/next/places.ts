import type { Module } from '../../code/modules.ts';
import type { CodeView } from '../../code/view.ts';

/** A file that Next.js loads because of where it lies. */
export interface Placed {
  readonly module: Module;
  /** The folder of the app: where its `next.config` lies. */
  readonly root: string;
  /** `route`: of the app router. `api`: of the pages router. */
  readonly kind: 'route' | 'api' | 'page' | 'middleware';
  /** The path that it answers; empty for middleware. */
  readonly path: string;
}

const APP = /^(?:src\/)?app\/(?:(.*)\/)?(route|page)\.[cm]?[jt]sx?$/;
const PAGES = /^(?:src\/)?pages\/(.*?)(?:\.page|\.api)?\.[cm]?[jt]sx?$/;
const MIDDLEWARE = /^(?:src\/)?(middleware|proxy)\.[cm]?[jt]s$/;

/** `[id]`, `[...path]` and `[[...path]]` stand for what the caller writes there. */
const filled = (segment: string): string => segment.replace(/\[{1,2}(?:\.\.\.)?(\w[\w-]*)\]{1,2}/g, '{$1}');

/** The path of a folder below `app`; `undefined` for one that is private. */
function appPath(folder: string): string | undefined {
  const segments = folder.split('/').filter(segment => segment !== '');
  if (segments.some(segment => segment.startsWith('_'))) return undefined;
  // Groups and slots stand in no path.
  const shown = segments.filter(segment => !/^\([^)]*\)$|^@/.test(segment));
  return `/${shown.map(segment => filled(segment.replace(/^\(\.+\)/, ''))).join('/')}`;
}

function placedAt(root: string, module: Module): Placed | undefined {
  const own = root === '' ? module.path : module.path.slice(root.length + 1);
  const app = APP.exec(own);
  if (app) {
    const path = appPath(app[1] ?? '');
    return path === undefined
      ? undefined
      : { module, root, kind: app[2] === 'route' ? 'route' : 'page', path };
  }
  const page = PAGES.exec(own)?.[1];
  if (page !== undefined) {
    if (/^(_app|_document|_error|404|500)$/.test(page)) return undefined;
    const path = `/${filled(page.replace(/(^|\/)index$/, ''))}`;
    return { module, root, kind: /^api(\/|$)/.test(page) ? 'api' : 'page', path };
  }
  return MIDDLEWARE.test(own) ? { module, root, kind: 'middleware', path: '' } : undefined;
}

const known = new WeakMap<CodeView, readonly Placed[]>();

/** What Next.js loads of a service by itself. */
export function placedIn(view: CodeView): readonly Placed[] {
  const before = known.get(view);
  if (before) return before;
  const settings = view.code.modules.all.filter(({ path }) => /(^|\/)next\.config\.[cm]?[jt]s$/.test(path));
  const folders = settings.map(({ folder }) => folder).toSorted((one, other) => other.length - one.length);
  const found = view.reach.entries.flatMap(({ module, object }) => {
    if (object !== '*') return [];
    const root =
      folders.find(folder => folder === '' || module.path.startsWith(`${folder}/`)) ??
      // Without settings the app begins where the first folder of routes lies.
      /^(.*?)\/?(?:src\/)?(?:(?:app|pages)\/.*|(?:middleware|proxy)\.\w+)$/.exec(module.path)?.[1] ??
      '';
    return placedAt(root, module) ?? [];
  });
  known.set(view, found);
  return found;
}

/** The settings of an app: `next.config.ts`. */
export const settingsOf = (view: CodeView, root: string): Module | undefined =>
  view.code.modules.all.find(
    ({ path, folder }) => folder === root && /(^|\/)next\.config\.[cm]?[jt]s$/.test(path),
  );

/** The folders of the apps that a service holds. */
export const rootsOf = (view: CodeView): readonly string[] => [
  ...new Set(placedIn(view).map(({ root }) => root)),
];
