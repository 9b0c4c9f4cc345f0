import { defineControl, fail, followed, lowered, pass, place, unknown } from '../define.ts';

export default defineControl({
  id: 'web/trusted-proxy',
  title: "The caller's address is taken from known proxies only",
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks, where a proxy stands in front and the code uses the address or scheme of the caller, whether the app is told which proxies to believe.',
  why: 'Otherwise every caller looks like the proxy, or anybody may claim any address: limits, logs and links are wrong.',
  remedy:
    'Tell the app or server how many proxies stand in front (or their addresses), and use what it then says.',
  sources: ['CATALOG web/trusted-proxy', 'RFC 7239, section 8.1', 'CWE-348'],
  fix: 'auto',
  drill: 'spoofed-forwarded-for',
  needs: ['edge', 'clientOriginUse', 'proxyTrust'],

  applies({ facts }) {
    if (!facts.all('clientOriginUse').some(({ reached }) => reached !== 'no'))
      return "it uses neither the caller's address nor scheme";
    // An app that believes a header has somebody in front of it who writes the header.
    return (
      facts.all('edge').some(({ isProxy }) => isProxy) ||
      facts.all('proxyTrust').some(({ wired }) => wired !== 'no') ||
      'no proxy is configured in front of it'
    );
  },

  judge: ({ facts }) => {
    const uses = facts.all('clientOriginUse').filter(({ reached }) => reached !== 'no');
    const front = facts.all('edge').find(({ isProxy }) => isProxy);
    const way = front ? [{ at: front.at, says: `${front.name} stands in front` }] : [];
    const trusts = facts.all('proxyTrust').filter(({ wired }) => wired !== 'no');
    const spoofed = uses.filter(({ fromHeader }) => fromHeader);
    if (spoofed.length > 0)
      return fail(
        spoofed
          .slice(0, 8)
          .map(({ at, what }) =>
            followed(place(at, `takes ${what} as it comes, which any caller may write`), way),
          ),
      );
    const known = trusts.filter(({ trusts: whom, wired }) => whom === 'hops' && wired === 'yes');
    if (known.length > 0)
      return pass(known.map(({ at, name }) => place(at, `${name} names the proxies to believe`)));
    const everyone = trusts.filter(({ trusts: whom }) => whom === 'everyone');
    if (everyone.length > 0)
      return fail(
        everyone.map(({ at, name }) =>
          lowered(
            place(at, `${name} believes whoever sends the header`),
            'where only the proxy reaches the port, nobody else can',
          ),
        ),
      );
    const [doubt] = trusts;
    if (doubt)
      return unknown(
        `it cannot be told whom ${doubt.name} at ${doubt.at.path}:${doubt.at.startLine} believes`,
      );
    return fail(
      uses
        .slice(0, 8)
        .map(({ at, what }) =>
          followed(place(at, `uses ${what}, which is that of the proxy: the app is not told of it`), way),
        ),
    );
  },
});
