import { literal } from '../../../model/index.ts';
import type { Arguments } from '../../code/arguments.ts';
import type { Knowledge } from '../../code/evaluate.ts';
import { envTerm } from '../settings.ts';

/** Dynaconf reads `DYNACONF_<NAME>` over its settings files; its files are not read here. */
const read = (args: Arguments) => {
  const name = args.arg(0, 'key');
  const full =
    name?.kind === 'literal' ? literal(`DYNACONF_${String(name.value).toUpperCase()}`, name.at) : name;
  return envTerm(full, args.arg(1, 'default'), false, args.at);
};

export const dynaconfCalls: Knowledge['calls'] = {
  'dynaconf.Dynaconf().get': read,
  'dynaconf.LazySettings().get': read,
  'dynaconf.settings.get': read,
};

export const dynaconfElements: Knowledge['elements'] = Object.fromEntries(
  ['dynaconf.Dynaconf()[]', 'dynaconf.LazySettings()[]', 'dynaconf.settings[]'].map(name => [
    name,
    (key, at) =>
      envTerm(
        key.kind === 'literal' ? literal(`DYNACONF_${String(key.value).toUpperCase()}`, key.at) : key,
        undefined,
        false,
        at,
      ),
  ]),
);
