import type { AppSetting, CorsPolicy, Protection, Term } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import { isOn, originsOf, policyOf, type Delivered, type Origins } from '../../code/cors-origins.ts';
import type { Arguments } from '../../code/arguments.ts';
import { deliveredBy } from '../../code/flags.ts';
import { settingRead } from '../flask/setting-reads.ts';

const MAKERS = ['flask_cors.CORS', 'flask_cors.cross_origin', 'quart_cors.cors', 'quart_cors.route_cors'];
const LATER = ['flask_cors.CORS().init_app'];

/** The origins of one call: its own argument, those of its resources, the setting, or everybody. */
function originsIn(
  args: Arguments,
  read: Term | undefined,
  setting: AppSetting | undefined,
  starts: Delivered,
): readonly Origins[] {
  const own = read ?? args.arg(-1, 'origins') ?? args.arg(-1, 'allow_origin');
  const resources = args.arg(-1, 'resources');
  const found: Term[] = own ? [own] : [];
  if (resources?.kind === 'object')
    for (const [, options] of resources.entries) {
      const origins =
        options.kind === 'object' ? options.entries.find(([key]) => key === 'origins')?.[1] : undefined;
      if (origins) found.push(origins);
    }
  if (found.length > 0) return found.map(term => originsOf(term, starts));
  if (setting) {
    const found = originsOf(setting.term, starts);
    return [{ ...found, written: found.written && setting.when === '' }];
  }
  return args.isOpen
    ? [
        {
          origins: 'unclear',
          says: 'takes its options from elsewhere',
          overridden: false,
          written: false,
          at: args.at,
        },
      ]
    : [
        {
          origins: 'any',
          says: 'lets in every origin, which is its default',
          overridden: false,
          written: false,
          at: args.at,
        },
      ];
}

/** Flask-CORS and Quart-CORS. */
export default defineExtractor({
  id: 'python/flask_cors/policies',
  reads: ['appSetting', 'startPath'],
  produces: ['corsPolicy', 'protection'],
  understands: hasPython,
  *extract({ python, facts }): Generator<CorsPolicy | Protection> {
    const starts = deliveredBy(facts.all('startPath'));
    const settings = facts.all('appSetting').filter(({ reached }) => reached !== 'no');
    const settingOf = (key: string) => settings.find(each => each.key === key);
    const later = python.calls(...LATER);
    for (const site of [...python.calls(...MAKERS), ...later]) {
      const args = python.args(site);
      const name = python.textOf(site.scope, site.call.callee);
      const at = python.at(site.scope, site.call);
      const isPlain = name.endsWith('CORS') && site.call.args.length === 0;
      if (isPlain) {
        if (later.some(each => python.reached(each) !== 'no')) continue;
        yield {
          kind: 'protection',
          what: 'cors',
          at,
          name: `${name}()`,
          wired: python.reached(site) === 'unclear' ? 'unclear' : 'no',
          covers: 'app',
          way: [],
          missing: 'init_app(app) would have to be called on it',
        };
        continue;
      }
      const given = site.call.args.find(({ name }) => name === 'origins')?.value;
      const read = settingRead(python, given, site.scope, settings);
      for (const origins of originsIn(args, read, settingOf('CORS_ORIGINS'), starts))
        yield policyOf({
          at,
          name: `${name}(…)`,
          origins,
          credentials: isOn(
            args.arg(-1, 'supports_credentials') ??
              args.arg(-1, 'allow_credentials') ??
              settingOf('CORS_SUPPORTS_CREDENTIALS')?.term,
          ),
          reached: python.reached(site),
        });
    }
  },
});
