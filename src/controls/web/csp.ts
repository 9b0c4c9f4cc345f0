import type { SecurityHeader, Term } from '../../model/index.ts';
import { absence, defineControl, fail, lowered, passEvery, place, searchedFor, unknown } from '../define.ts';

/** The policy as text, as far as it is written: a table of directives counts as much as one line. */
function policyText(term: Term): string | undefined {
  switch (term.kind) {
    case 'literal':
      return String(term.value);
    case 'list':
      return term.items.map(item => policyText(item) ?? '').join(' ');
    case 'text':
      return term.parts.map(part => policyText(part) ?? '').join('');
    case 'object':
      return term.entries.map(([name, value]) => `${name} ${policyText(value) ?? ''}`).join('; ');
    case 'env':
      return term.fallback && policyText(term.fallback);
    default:
      return undefined;
  }
}

/** What decides about scripts: their own directive, else the default. A nonce or hash makes `unsafe-inline` void. */
function allowsInline(policy: string): boolean {
  const directives = policy.split(';').map(each => each.trim());
  const scripts =
    directives.find(each => /^script-src(-elem)?\s/.test(each)) ??
    directives.find(each => each.startsWith('default-src'));
  return (
    !scripts || (scripts.includes("'unsafe-inline'") && !/'(nonce-|sha\d+-|strict-dynamic)/.test(scripts))
  );
}

const says = ({ at, by }: SecurityHeader, text: string) => place(at, `${by} ${text}`);

export default defineControl({
  id: 'web/csp',
  title: 'Pages have a Content-Security-Policy that forbids inline scripts',
  severity: 'low',
  stage: 'stable',
  asks: 'Asks whether pages are sent with a Content-Security-Policy, and whether it keeps inline scripts out.',
  why: 'It is the last line: with it, markup that slipped into a page still cannot run.',
  remedy: "Send a policy with script-src 'self' (and a nonce for scripts that must stand in the page).",
  sources: ['CATALOG web/csp', 'OWASP ASVS 5.0 V3.4', 'W3C Content Security Policy Level 3'],
  fix: 'scaffold',
  drill: 'headers',
  needs: ['securityHeader', 'page'],

  applies: ({ facts }) => facts.all('page').some(({ reached }) => reached !== 'no') || 'it serves no HTML',

  judge: ({ facts }) => {
    const policies = facts.all('securityHeader').filter(({ name }) => name === 'content-security-policy');
    const wired = policies.filter(each => each.wired === 'yes');
    const loose = wired.filter(({ value }) => {
      const text = policyText(value);
      return text !== undefined && allowsInline(text);
    });
    if (loose.length > 0)
      return fail(
        loose.map(each =>
          lowered(says(each, 'sends a policy that lets inline scripts run'), 'there is a policy'),
        ),
      );
    const [first] = wired;
    if (first && policyText(first.value) === undefined)
      return unknown(`${first.at.path}:${first.at.startLine} sends a policy whose text cannot be followed`);
    if (first) return passEvery(wired.map(each => says(each, 'sends a policy without inline scripts')));
    const doubt = policies.find(each => each.wired === 'unclear');
    if (doubt)
      return unknown(`it cannot be told whether production applies ${doubt.at.path}:${doubt.at.startLine}`);
    const [dead] = policies;
    if (dead) return fail([says(dead, 'sets a policy, and nothing on a production start path applies it')]);
    return fail([absence('Content-Security-Policy', searchedFor(facts, 'securityHeader'))]);
  },
});
