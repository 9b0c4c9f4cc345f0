import { watchesPackages, type Manifest, type UpdateBot } from '../../model/index.ts';
import { absence, defineControl, fail, pass, place } from '../define.ts';

const PLACES = [
  '.github/dependabot.yml',
  'renovate.json',
  '.github/renovate.json',
  '.renovaterc.json',
  'package.json',
];

const watches = (bot: UpdateBot, manifests: readonly Manifest[]): boolean =>
  bot.active === 'yes' &&
  (manifests.length === 0 || manifests.some(({ ecosystem }) => watchesPackages(bot, ecosystem)));

const saysOf = (bot: UpdateBot): string =>
  bot.watches.length === 0 ? bot.name : `${bot.name} (${bot.watches.join(', ')})`;

export default defineControl({
  id: 'supply/updates',
  title: 'A bot proposes new versions of packages',
  severity: 'low',
  stage: 'stable',
  asks: 'Looks for Dependabot, Renovate or a bot like them that watches the package manager of the service.',
  why: 'Nobody reads release notes of a hundred packages; what nobody raises grows old, until a hole in it is urgent.',
  remedy: 'Add .github/dependabot.yml or renovate.json with the package managers of the repository.',
  sources: ['CATALOG supply/updates', 'OpenSSF Scorecard: Dependency-Update-Tool'],
  fix: 'auto',
  drill: 'none',
  needs: ['updateBot', 'manifest'],

  applies: () => true,

  judge: ({ service, facts }) => {
    const isOwn = ({ ecosystem }: Manifest) => (ecosystem === 'node') === (service.language === 'javascript');
    const manifests = facts.all('manifest').filter(isOwn);
    const bots = facts.all('updateBot');
    const good = bots.filter(bot => watches(bot, manifests));
    if (good.length > 0) return pass(good.map(bot => place(bot.at, `${saysOf(bot)} proposes new versions`)));
    const off = bots.find(({ active }) => active === 'no');
    const [other] = bots;
    if (off) return fail([place(off.at, `${saysOf(off)} is turned off`)]);
    return other
      ? fail([place(other.at, `${bots.map(saysOf).join(', ')} does not watch the packages of the service`)])
      : fail([absence('bot that proposes new versions', PLACES)]);
  },
});
