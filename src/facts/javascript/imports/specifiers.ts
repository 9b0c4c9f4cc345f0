/** What Node brings itself, by first parts: `fs` of `fs/promises`. */
const BUILTINS = new Set(
  'assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain events fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl stream string_decoder sys timers tls trace_events tty url util v8 vm wasi worker_threads zlib'.split(
    ' ',
  ),
);

/** What an import names. */
export type Specifier =
  /** A file of the repository: `./users`. */
  | { readonly kind: 'path'; readonly path: string }
  /** By the names that a package.json makes up for itself: `#db`. */
  | { readonly kind: 'own'; readonly name: string }
  | { readonly kind: 'package'; readonly name: string }
  /** What the runtime brings, what a bundler or framework makes, and names that are no text. */
  | { readonly kind: 'other' };

const OTHER: Specifier = { kind: 'other' };

const PACKAGE = /^(?:@[a-z0-9][\w.~-]*\/)?[a-z0-9][\w.~-]*/i;

/** Reads what stands behind `from` or in `require(…)`. A slash at its end asks for the package: `buffer/`. */
export function specifierOf(text: string): Specifier {
  // `./logo.svg?raw`, `raw-loader!./x`: for a bundler.
  if (text === '' || /[?!*\s]/.test(text)) return OTHER;
  if (/^\.{1,2}(\/|$)/.test(text)) return { kind: 'path', path: text };
  if (text.startsWith('#')) return { kind: 'own', name: text };
  // `node:fs`, `bun:test`, `virtual:routes`, `https://…`
  if (text.includes(':')) return OTHER;
  const name = PACKAGE.exec(text)?.[0] ?? '';
  const rest = text.slice(name.length);
  if (name === '' || (rest !== '' && !rest.startsWith('/'))) return OTHER;
  if (name === 'bun' || (BUILTINS.has(name) && rest !== '/')) return OTHER;
  return { kind: 'package', name };
}
