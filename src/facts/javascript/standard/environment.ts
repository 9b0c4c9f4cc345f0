import type { EnvTerm, Location, Term } from '../../../model/index.ts';
import type { Knowledge } from '../../code/evaluate.ts';

const variable = (name: string, at: Location): EnvTerm => ({
  kind: 'env',
  name,
  fallback: undefined,
  required: false,
  at,
});

/** `process.env.PORT`, `import.meta.env.VITE_URL`, `Bun.env.PORT`; a missing one is `undefined` and stops nothing. */
export function environmentValue(name: string, at: Location): Term | undefined {
  const found = /^(?:process|import\.meta|Bun)\.env\.([A-Za-z_]\w*)$/.exec(name)?.[1];
  return found === undefined ? undefined : variable(found, at);
}

const element = (key: Term, at: Location): Term | undefined =>
  key.kind === 'literal' && typeof key.value === 'string' ? variable(key.value, at) : undefined;

/** `process.env[name]` */
export const environmentElements: Knowledge['elements'] = {
  'process.env[]': element,
  'import.meta.env[]': element,
  'Bun.env[]': element,
};

export const environmentCalls: Knowledge['calls'] = {
  'Deno.env.get'(args) {
    const name = args.arg(0, '');
    return name && element(name, args.at);
  },
};
