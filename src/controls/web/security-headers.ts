import type { Finding, SecurityHeader } from '../../model/index.ts';
import { servesHttp } from '../../model/index.ts';
import { absence, defineControl, fail, lowered, pass, place, searchedFor, unknown } from '../define.ts';

const WANTED: Readonly<Record<string, string>> = {
  'x-content-type-options': 'X-Content-Type-Options',
  'x-frame-options': 'X-Frame-Options',
  'referrer-policy': 'Referrer-Policy',
};

const list = (names: readonly string[]): string => names.map(name => WANTED[name] ?? name).join(', ');

/** A policy says who may frame the page as well as the old header does. */
const sends = (headers: readonly SecurityHeader[], name: string): boolean =>
  headers.some(each => each.name === name) ||
  (name === 'x-frame-options' &&
    headers.some(
      each =>
        each.name === 'content-security-policy' &&
        each.value.kind === 'literal' &&
        String(each.value.value).includes('frame-ancestors'),
    ));

export default defineControl({
  id: 'web/security-headers',
  title: 'Answers carry the headers that keep browsers careful',
  severity: 'medium',
  stage: 'stable',
  asks: 'Asks whether every answer has nosniff, frame and referrer headers, from the code or from the proxy that the repository configures.',
  why: 'Without them browsers guess types, let other sites frame the pages, and hand addresses with their parameters on.',
  remedy:
    'Send X-Content-Type-Options, X-Frame-Options (or frame-ancestors) and Referrer-Policy from one hook or the proxy.',
  sources: ['CATALOG web/security-headers', 'OWASP ASVS 5.0 V3.4', 'OWASP Secure Headers Project'],
  fix: 'auto',
  drill: 'headers',
  needs: ['securityHeader', 'route', 'startPath'],

  applies: ({ facts }) =>
    servesHttp(facts.all('route'), facts.all('startPath')) || 'it answers no requests over the network',

  judge: ({ facts }) => {
    const headers = facts.all('securityHeader');
    const wired = headers.filter(({ wired, covers }) => wired === 'yes' && covers === 'app');
    const missing = Object.keys(WANTED).filter(name => !sends(wired, name));
    if (missing.length === 0)
      return pass(
        wired
          .filter(({ name }) => name in WANTED)
          .map(({ at, name, by }) => place(at, `${by} sends ${name}`)),
      );
    const doubtful = headers.filter(each => each.wired !== 'no' && each.covers === 'app');
    const [doubt] = doubtful;
    if (doubt && missing.every(name => sends(doubtful, name)))
      return unknown(
        `it cannot be told whether production applies ${doubt.by} at ${doubt.at.path}:${doubt.at.startLine}`,
      );
    const unwired = headers.filter(({ wired, name }) => wired === 'no' && missing.includes(name));
    const [first] = unwired;
    const finding: Finding = first
      ? place(
          first.at,
          `${first.by} sets ${list([...new Set(unwired.map(({ name }) => name))])}, and nothing on a production start path applies it`,
        )
      : absence(`header ${list(missing)} on the answers`, searchedFor(facts, 'securityHeader'));
    return fail([
      missing.length < 3
        ? lowered(
            finding,
            `the others are sent: ${list(Object.keys(WANTED).filter(name => !missing.includes(name)))}`,
          )
        : finding,
    ]);
  },
});
