import { absence, defineControl, fail, onProductionPath, pass, place } from '../define.ts';

export default defineControl({
  id: 'api/compression',
  title: 'Answers are made smaller before they go out',
  severity: 'low',
  stage: 'stable',
  asks: 'Looks for gzip or brotli in the app that production starts, or in the configuration of a proxy in front of it.',
  why: 'JSON and HTML shrink to a fifth: without that, users on slow lines wait five times as long.',
  remedy: 'Switch on gzip in the proxy, or add the middleware of the framework.',
  sources: ['CATALOG api/compression', 'RFC 9110, section 8.4'],
  fix: 'auto',
  drill: 'headers',
  needs: ['compression', 'proxyConfig', 'jsonAnswer', 'page'],

  applies: ({ facts }) =>
    facts.all('jsonAnswer').length + facts.all('page').length > 0 || 'no route answers with JSON or HTML',

  judge: ({ facts }) => {
    const own = onProductionPath(facts.all('compression'));
    const proxies = facts.all('proxyConfig').flatMap(({ compression }) => compression ?? []);
    if (own.length + proxies.length > 0)
      return pass([
        ...own.map(({ at, name }) => place(at, name)),
        ...proxies.map(({ at, text }) => place(at, `the proxy compresses (${text})`)),
      ]);
    const [proxy] = facts.all('proxyConfig');
    return fail([
      absence('compression, in the app or in front of it', facts.searched('compression'), proxy?.at),
    ]);
  },
});
