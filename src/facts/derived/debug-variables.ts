import type { DebugMode, Term, Truth } from '../../model/index.ts';
import { stated } from '../../model/index.ts';
import { defineExtractor } from '../define.ts';

/** Variables that frameworks read themselves, and the values with which they debug. */
const VARIABLES: Readonly<Record<string, RegExp>> = {
  FLASK_DEBUG: /^(1|true|yes|on)$/i,
  FLASK_ENV: /^dev(elopment)?$/i,
  NODE_ENV: /^dev(elopment)?$/i,
  DJANGO_DEBUG: /^(1|true|yes|on)$/i,
  DEBUG: /^(1|true|yes|on)$/i,
  PYTHONASYNCIODEBUG: /^1$/,
};

function* debugIn(environment: Readonly<Record<string, Term>>, reached: Truth): Generator<DebugMode> {
  for (const [name, term] of Object.entries(environment)) {
    const value = term.kind === 'env' ? term.fallback : term;
    const isOn = VARIABLES[name];
    if (!isOn || value?.kind !== 'literal' || !isOn.test(String(value.value))) continue;
    yield {
      kind: 'debugMode',
      at: term.at,
      name: `${name}=${String(value.value)}`,
      on: stated(true),
      written: false,
      reached,
    };
  }
}

/** Debugging that a production image, compose file or manifest turns on by a variable. */
export default defineExtractor({
  id: 'derived/debug-variables',
  reads: ['startPath', 'envRead'],
  produces: ['debugMode'],
  understands: () => true,
  *extract({ facts }) {
    const read = new Set(facts.all('envRead').map(({ term }) => term.name));
    const seen = new Set<string>();
    for (const { command } of facts.all('startPath')) {
      if (command.stage === 'development') continue;
      for (const fact of debugIn(command.environment, 'yes')) {
        const [name = ''] = fact.name.split('=');
        const key = `${fact.at.path}:${fact.at.startLine}`;
        // `DEBUG` means something only where the code reads it.
        if (seen.has(key) || (name === 'DEBUG' && !read.has(name))) continue;
        seen.add(key);
        yield fact;
      }
    }
  },
});
