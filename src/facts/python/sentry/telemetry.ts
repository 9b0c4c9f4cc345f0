import type { Telemetry, Term, Truth } from '../../../model/index.ts';
import { literalTexts, outcomes } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { setUpBy } from '../../code/telemetry.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const isNothing = (term: Term): boolean =>
  term.kind === 'literal' && (term.value === null || String(term.value).trim() === '');

/** An address that can only be empty; without one the library reads SENTRY_DSN by itself. */
function addressOf(term: Term | undefined): { readonly holds: Truth; readonly says: string } {
  if (!term) return { holds: 'yes', says: '' };
  const variable = [...outcomes(term)].find(each => each.kind === 'env');
  const isEmpty = !variable && [...outcomes(term)].every(isNothing);
  const isTemplate = literalTexts(term).some(text => /<|your[-_]|example\.|xxx/i.test(text));
  if (isEmpty || (isTemplate && !variable)) return { holds: 'no', says: 'its address is empty' };
  return { holds: 'yes', says: '' };
}

/** `traces_sample_rate` above nothing, or a function that chooses. */
function tracing(python: PythonView, site: CallSite): Truth {
  const args = python.args(site);
  if (args.has(-1, 'traces_sampler')) return 'yes';
  const rate = args.arg(-1, 'traces_sample_rate');
  if (!rate) return args.isOpen || args.has(-1, 'enable_tracing') ? 'unclear' : 'no';
  const numbers = [...outcomes(rate)].flatMap(each => (each.kind === 'literal' ? [Number(each.value)] : []));
  if (numbers.length === 0) return 'unclear';
  return numbers.some(number => number > 0) ? 'yes' : 'no';
}

/** Sentry, which takes every error that nobody catches once it is initialised. */
export default defineExtractor({
  id: 'python/sentry/telemetry',
  reads: ['startPath'],
  produces: ['telemetry'],
  understands: hasPython,
  *extract({ python, facts }): Generator<Telemetry> {
    const startPaths = facts.all('startPath');
    for (const site of python.calls(
      'sentry_sdk.init',
      'raven.contrib.flask.Sentry',
      'raven.contrib.flask.Sentry().init_app',
    )) {
      const also = addressOf(python.args(site).arg(0, 'dsn'));
      const isClient = python.nameOf(site.call.callee, site.scope) === 'sentry_sdk.init';
      yield* setUpBy(python, site, startPaths, {
        name: 'Sentry',
        signals: ['errors'],
        also: isClient ? also : { holds: 'yes', says: '' },
      });
      const traces = isClient ? tracing(python, site) : 'no';
      if (traces !== 'no')
        yield* setUpBy(python, site, startPaths, {
          name: 'Sentry',
          signals: ['traces'],
          also: traces === 'yes' ? also : { holds: 'unclear', says: 'its sample rate cannot be told' },
        });
    }
  },
});
