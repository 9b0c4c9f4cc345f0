import type { ClientOriginUse, Place, Protection, RateLimit } from '../../../model/index.ts';
import { defineExtractor, hasPython } from '../../define.ts';
import type { Arguments } from '../../code/arguments.ts';
import { deliveredBy } from '../../code/flags.ts';
import { routesUnder } from '../limits/decorated.ts';
import { storeOf } from '../../code/limit-store.ts';
import type { CallSite } from '../../code/sites.ts';
import type { PythonView } from '../view.ts';

const MAKER = 'flask_limiter.Limiter';
const DECORATORS = [`${MAKER}().limit`, `${MAKER}().shared_limit`];

/** The app stands first in older versions and is named in all of them. */
const hasApp = (python: PythonView, site: CallSite): boolean => {
  const args = python.args(site);
  if (args.has(-1, 'app')) return true;
  const first = site.call.args.find(arg => arg.name === '');
  return (
    first !== undefined &&
    /^(flask\.Flask\(\)|quart\.Quart\(\))$/.test(python.nameOf(first.value, site.scope))
  );
};

/** The call that gives it the app: its own, or a later one that production comes by. */
function attachmentOf(python: PythonView, site: CallSite, later: readonly CallSite[]): CallSite | undefined {
  const all = hasApp(python, site) ? [site] : later.filter(each => python.reached(each) !== 'no');
  return all.find(each => python.reached(each) === 'yes') ?? all[0];
}

const hasDefaults = (args: Arguments): boolean =>
  [args.arg(-1, 'default_limits'), args.arg(-1, 'application_limits')].some(
    term => term !== undefined && !(term.kind === 'list' && term.items.length === 0),
  );

/** Flask-Limiter: made, attached to the app, and with something to limit. */
export default defineExtractor({
  id: 'python/flask_limiter/limits',
  reads: ['appSetting', 'startPath'],
  produces: ['rateLimit', 'protection', 'clientOriginUse'],
  understands: hasPython,
  *extract({ python, facts }): Generator<RateLimit | Protection | ClientOriginUse> {
    const starts = deliveredBy(facts.all('startPath'));
    const settings = facts.all('appSetting').filter(({ reached }) => reached !== 'no');
    const settingOf = (...keys: readonly string[]) => settings.find(({ key }) => keys.includes(key))?.term;
    const later = python.calls(`${MAKER}().init_app`);
    const marked = routesUnder(python, DECORATORS);
    for (const site of python.calls(MAKER)) {
      const args = python.args(site);
      const at = python.at(site.scope, site.call);
      const attachment = attachmentOf(python, site, later);
      const wired = attachment ? python.reached(attachment) : 'no';
      const isEverywhere =
        hasDefaults(args) || settingOf('RATELIMIT_DEFAULT', 'RATELIMIT_APPLICATION') !== undefined;
      const covers = isEverywhere ? 'app' : marked.length > 0 ? 'routes' : 'none';
      const way: readonly Place[] =
        attachment && attachment !== site
          ? [{ at: python.at(attachment.scope, attachment.call), says: 'is attached to the app' }]
          : [];
      const missing = wired === 'no' ? 'init_app(app) would have to be called on the limiter' : '';
      yield {
        kind: 'rateLimit',
        at,
        name: 'the limiter',
        covers,
        covered: marked,
        ...storeOf(
          args.arg(-1, 'storage_uri') ?? settingOf('RATELIMIT_STORAGE_URI', 'RATELIMIT_STORAGE_URL'),
          starts,
        ),
        wired,
        way,
        missing,
      };
      yield {
        kind: 'protection',
        what: 'rate-limit',
        at,
        name: 'the limiter',
        wired: wired === 'yes' && covers === 'none' ? 'no' : wired,
        covers: covers === 'app' ? 'app' : 'routes',
        way,
        missing: missing || (covers === 'none' ? 'it has no default limits, and no route is marked' : ''),
      };
      if (/get_remote_address|get_ipaddr/.test(python.textOf(site.scope, site.call)))
        yield {
          kind: 'clientOriginUse',
          at,
          what: "the caller's address to count by",
          fromHeader: false,
          reached: covers === 'none' ? 'no' : wired,
        };
    }
  },
});
