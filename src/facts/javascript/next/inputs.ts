import type { Scope } from '../../code/scopes.ts';
import { isMarked } from './marked.ts';

const REQUEST: Readonly<Record<string, string>> = {
  json: 'request body',
  text: 'request body',
  formData: 'request body',
  arrayBuffer: 'request body',
  blob: 'request body',
  body: 'request body',
  query: 'query parameters',
  headers: 'request headers',
  cookies: 'cookies',
  url: 'address of the request',
  nextUrl: 'address of the request',
};

/** What a request of the web standard, of Next.js or of its pages router holds of its caller. */
export function nextInput(name: string): string | undefined {
  if (/^next\/server\.NextRequest\(\)\.nextUrl\.searchParams\b/.test(name)) return 'query parameters';
  if (/^next\/headers\.headers\(\)\.get\b/.test(name)) return 'request headers';
  if (/^next\/headers\.cookies\(\)\.get(All)?\b/.test(name)) return 'cookies';
  const part = /^(?:Request|next\/server\.NextRequest|next\.NextApiRequest)\(\)\.(\w+)/.exec(name)?.[1] ?? '';
  return Object.hasOwn(REQUEST, part) ? REQUEST[part] : undefined;
}

const METHOD = /^(GET|POST|PUT|PATCH|DELETE)$/;
const ROUTE = /(^|\/)app\/(.*\/)?route\.[cm]?[jt]sx?$/;
const PAGE = /(^|\/)app\/(.*\/)?(page|layout)\.[cm]?[jt]sx?$/;

/** What comes as a parameter: parts of the path, what a page is asked with, and arguments of server functions. */
export function nextParameter(scope: Scope, name: string): string | undefined {
  const { definition, module, parent } = scope;
  if (definition?.kind !== 'function') return undefined;
  const position = definition.params.findIndex(each => each.name === name);
  if (isMarked(module.tree.body) && parent?.kind === 'module' && parent.exported().has(definition.name))
    return 'argument of a server function';
  if (isMarked(definition.body)) return 'argument of a server function';
  if (ROUTE.test(module.path) && position === 1 && METHOD.test(definition.name)) return 'path parameters';
  return PAGE.test(module.path) && position === 0 && parent?.exported().has('default') === true
    ? 'address of the page'
    : undefined;
}
