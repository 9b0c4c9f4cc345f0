import type { Edge } from '../../model/index.ts';
import { either, servesHttp } from '../../model/index.ts';
import { defineControl, fail, lowered, pass, place, unknown } from '../define.ts';

const named = (edges: readonly Edge[]): string => [...new Set(edges.map(({ name }) => name))].join(', ');

export default defineControl({
  id: 'web/https',
  title: 'Callers reach the service over TLS, and only so',
  severity: 'high',
  stage: 'stable',
  asks: 'Asks whether something that the repository configures ends TLS, sends requests without it on to https, and tells browsers to stay there.',
  why: 'Passwords, cookies and tokens cross every network between the user and the service in the clear.',
  remedy:
    'End TLS at the ingress, proxy or platform, redirect http to https there, and send Strict-Transport-Security.',
  sources: ['CATALOG web/https', 'OWASP ASVS 5.0 V12.2', 'RFC 6797'],
  fix: 'scaffold',
  drill: 'tls',
  needs: ['edge', 'securityHeader', 'route', 'startPath'],

  applies: ({ facts }) =>
    servesHttp(facts.all('route'), facts.all('startPath')) || 'it answers no requests over the network',

  judge: ({ facts }) => {
    const edges = facts.all('edge');
    const proxies = edges.filter(({ isProxy, tls }) => isProxy || tls === 'yes');
    if (proxies.length === 0)
      return unknown('the repository configures nothing in front of the service, where TLS would end');
    const secure = proxies.filter(({ tls }) => tls === 'yes');
    const doubt = proxies.find(({ tls }) => tls === 'unclear');
    if (secure.length === 0 && doubt)
      return unknown(
        `${doubt.at.path}:${doubt.at.startLine} is filled in at deployment, ${doubt.name} may end TLS or not`,
      );
    if (secure.length === 0)
      return fail(
        proxies.map(({ at, name }) =>
          place(at, `${name} takes requests without TLS: no certificate, no redirect, no HSTS`),
        ),
      );
    const headers = facts
      .all('securityHeader')
      .filter(each => each.name === 'strict-transport-security' && each.wired === 'yes');
    const redirects = either(
      ...secure.map(edge => edge.redirects),
      ...edges.filter(({ isProxy }) => !isProxy).map(edge => edge.redirects),
    );
    const hsts = headers.length > 0 ? 'yes' : either(...edges.map(edge => edge.hsts));
    const missing = [
      ...(redirects === 'no' ? ['a redirect to https'] : []),
      ...(hsts === 'no' ? ['HSTS'] : []),
    ];
    const [first] = secure;
    if (first && missing.length > 0)
      return fail([
        lowered(
          place(first.at, `${named(secure)} ends TLS without ${missing.join(' and ')}`),
          'TLS ends there',
        ),
      ]);
    return pass(secure.map(({ at, name }) => place(at, `${name} ends TLS`)));
  },
});
