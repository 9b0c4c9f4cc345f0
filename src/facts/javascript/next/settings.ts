import { plain } from '../../code/route-parts.ts';
import type { CodeView } from '../../code/view.ts';
import { exportWritten, writtenAs, type Written } from '../../code/written.ts';
import { optionOf } from '../fastify/instances.ts';
import { settingsOf } from './places.ts';

/** Calls around settings are those of plugins: `withMDX(settings)`, `withPlugins([…], settings)`. */
const DEEPEST = 6;

/** The object of the settings behind what `next.config` exports: as it is, in a call, or made by a function. */
export function nextSettings(view: CodeView, root: string): Written | undefined {
  const module = settingsOf(view, root);
  const written = module && (exportWritten(view, module, 'default') ?? exportWritten(view, module, '='));
  return written && objectIn(view, written, 0);
}

function objectIn(view: CodeView, given: Written, depth: number): Written | undefined {
  if (depth > DEEPEST) return undefined;
  const written = writtenAs(view, given.expression, given.scope);
  const { expression, scope } = written;
  if (expression.kind === 'dictionary') return written;
  if (expression.kind === 'function') {
    const inside = scope.inner(expression);
    for (const statement of expression.body) {
      const found =
        statement.kind === 'return' && statement.value
          ? objectIn(view, { expression: statement.value, scope: inside }, depth + 1)
          : undefined;
      if (found) return found;
    }
    return undefined;
  }
  if (expression.kind !== 'call') return undefined;
  const parts = [expression.callee, ...expression.args.map(({ value }) => value)];
  for (const part of parts) {
    const found =
      part.kind === 'attribute' ? undefined : objectIn(view, { expression: part, scope }, depth + 1);
    if (found && hasSettings(view, found)) return found;
  }
  return undefined;
}

const KEYS = ['reactStrictMode', 'headers', 'output', 'rewrites', 'redirects', 'basePath', 'images', 'experimental', 'webpack', 'poweredByHeader', 'transpilePackages', 'env', 'typescript', 'eslint', 'turbopack', 'serverExternalPackages', 'compress', 'swcMinify', 'i18n']; // prettier-ignore

/** Options of plugins are objects too. */
const hasSettings = (view: CodeView, found: Written): boolean =>
  KEYS.some(key => optionOf(view, found, key) !== undefined);

/** What stands before every path of the app. */
export function basePathOf(view: CodeView, root: string): string {
  const option = optionOf(view, nextSettings(view, root), 'basePath');
  return (option && plain(view.evaluate(option.expression, option.scope))) ?? '';
}
