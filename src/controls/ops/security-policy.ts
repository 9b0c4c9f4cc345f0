import { absence, defineControl, fail, pass, place } from '../define.ts';

export default defineControl({
  id: 'ops/security-policy',
  title: 'A policy says how to report a weakness',
  severity: 'low',
  stage: 'stable',
  asks: 'Looks for SECURITY.md or a part of the documents on security that says how to report privately.',
  why: 'Whoever finds a hole and no address tells everybody, or nobody.',
  remedy: 'Add SECURITY.md with an address or the advisories of the platform, and in what time you answer.',
  sources: ['CATALOG ops/security-policy', 'OpenSSF Scorecard: Security-Policy', 'RFC 9116'],
  fix: 'scaffold',
  drill: 'none',
  needs: ['guide'],

  applies: () => true,

  judge: ({ facts }) => {
    const guides = facts.all('guide').filter(({ topic }) => topic === 'security');
    const whole = guides.filter(({ tells }) => tells.includes('report'));
    const [policy] = guides.filter(({ path }) => /(^|\/)security\.\w+$/i.test(path));
    if (whole.length > 0) return pass(whole.map(({ at, title }) => place(at, `${title} says how to report`)));
    return policy
      ? fail([place(policy.at, 'does not say how to report a weakness')])
      : fail([absence('security policy', ['SECURITY.md', '.github/SECURITY.md', 'docs/SECURITY.md'])]);
  },
});
